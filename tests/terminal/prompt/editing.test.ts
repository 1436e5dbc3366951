import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terminalWords } from '../../../src/language/terminal.ts';
import {
  EMPTY_PROMPT,
  editedOutside,
  editPrompt,
  fullText,
  type Prompt,
  type PromptEdit,
  sent,
  written,
} from '../../../src/terminal/prompt/prompt.ts';
import { promptPicture } from '../../../src/terminal/prompt/prompt-view.ts';
import { cells } from '../../../src/terminal/text/cells.ts';
import { lineText } from '../../../src/terminal/text/lines.ts';

const edited = (edits: PromptEdit[], from: Prompt = EMPTY_PROMPT) => edits.reduce(editPrompt, from);
const insert = (text: string): PromptEdit => ({ edit: 'insert', text, origin: 'typed' });
const keys = (text: string): PromptEdit[] => Array.from(text, insert);
const pasted = (text: string): PromptEdit => ({ edit: 'insert', text, origin: 'pasted' });
const shown = (prompt: Prompt, columns = 60, rows = 8) =>
  promptPicture(prompt, terminalWords('en'), columns, rows).lines.map(lineText);

describe('undo', () => {
  it('takes back word by word, and does again what was taken back', () => {
    const prompt = edited(keys('stop web-1'));
    const once = edited([{ edit: 'undo' }], prompt);
    expect(once.text).toBe('stop ');
    expect(edited([{ edit: 'undo' }, { edit: 'undo' }], once).text).toBe('');
    expect(edited([{ edit: 'redo' }], once).text).toBe('stop web-1');
    expect(edited([insert('x'), { edit: 'redo' }], once).text).toBe('stop x');
  });

  it('brings back what was cleared, and what was there before an older input', () => {
    const cleared = edited([...keys('half'), { edit: 'clear' }]);
    expect(edited([{ edit: 'undo' }], cleared)).toMatchObject({ text: 'half', cursor: 4, origin: 'typed' });
    const recalled = edited([...keys('half'), { edit: 'up' }], sent(edited(keys('older'))));
    expect(recalled.text).toBe('older');
    expect(edited([{ edit: 'undo' }], recalled).text).toBe('half');
  });

  it('makes a text typed again when the paste in it is taken back, and pasted when that is done again', () => {
    const mixed = edited([...keys('start '), pasted('web-1')]);
    const without = edited([{ edit: 'undo' }], mixed);
    expect(without).toMatchObject({ text: 'start ', origin: 'typed' });
    expect(edited([{ edit: 'redo' }], without).origin).toBe('pasted');
  });

  it('does not reach into a turn that was sent', () => {
    expect(edited([{ edit: 'undo' }], sent(edited(keys('one')))).text).toBe('');
  });
});

describe('what was deleted', () => {
  it('can be put back; what is deleted in one go is one piece', () => {
    const cut = edited([
      ...keys('restart the web server'),
      { edit: 'deleteWord' },
      { edit: 'deleteWord' },
      { edit: 'lineStart' },
      { edit: 'yank' },
    ]);
    expect(cut.text).toBe('web serverrestart the ');
  });

  it('is exchanged for what was deleted before, round about', () => {
    const cut = edited([
      ...keys('one'),
      { edit: 'deleteToStart' },
      ...keys('two'),
      { edit: 'deleteToStart' },
    ]);
    const back = edited([{ edit: 'yank' }], cut);
    expect(back.text).toBe('two');
    const older = edited([{ edit: 'yankOlder' }], back);
    expect(older.text).toBe('one');
    expect(edited([{ edit: 'yankOlder' }], older).text).toBe('two');
    // Only right after.
    expect(edited([{ edit: 'left' }, { edit: 'yankOlder' }], back).text).toBe('two');
  });

  it('stays pasted, and is no word of a later turn', () => {
    const cutPaste = edited([pasted('web-1'), { edit: 'deleteToStart' }, { edit: 'yank' }]);
    expect(cutPaste.origin).toBe('pasted');
    const sameTurn = edited([...keys('web-1'), { edit: 'deleteToStart' }, { edit: 'yank' }]);
    expect(sameTurn.origin).toBe('typed');
    const cutThenSent = sent(edited([...keys('a web-1'), { edit: 'deleteWord' }]));
    expect(edited([...keys('start '), { edit: 'yank' }], cutThenSent)).toMatchObject({
      text: 'start web-1',
      origin: 'recalled',
    });
  });
});

describe('a long paste', () => {
  const LONG = Array.from({ length: 1_240 }, (_, line) => `line ${line} ${'x'.repeat(70)}`).join('\n');

  it('stands as one character that says how much it is, and is sent whole', () => {
    const prompt = edited([...keys('explain '), pasted(LONG), ...keys(' please')]);
    expect(shown(prompt)).toEqual(['› explain [pasted 1,240 lines, 99 kB] please']);
    expect(fullText(prompt)).toBe(`explain ${LONG} please`);
    expect(sent(prompt).history.at(-1)?.text).toBe(`explain ${LONG} please`);
  });

  it('is moved over, deleted and brought back as one', () => {
    const prompt = edited([...keys('a'), pasted(LONG), ...keys('b')]);
    const before = edited([{ edit: 'left' }, { edit: 'left' }], prompt);
    expect(before.cursor).toBe(1);
    const gone = edited([{ edit: 'left' }, { edit: 'deleteBack' }], prompt);
    expect(fullText(gone)).toBe('ab');
    expect(fullText(edited([{ edit: 'undo' }], gone))).toBe(`a${LONG}b`);
    const yanked = edited([{ edit: 'lineStart' }, { edit: 'deleteToEnd' }, { edit: 'yank' }], prompt);
    expect(fullText(yanked)).toBe(`a${LONG}b`);
  });

  it('opens to be edited, with what it hides in sight', () => {
    const hiding = `${LONG}\n\u202eevil\u001b[2J`;
    const open = edited([pasted(hiding), { edit: 'unfold' }]);
    expect(open.text.endsWith('\\u{202e}evil\\u{1b}[2J')).toBe(true);
    expect(open.origin).toBe('pasted');
    expect(fullText(edited([pasted(hiding)]))).toBe(open.text);
    expect(shown(open).at(-1)).toBe('  \\u{202e}evil\\u{1b}[2J');
  });

  it('comes back from history and from the editor folded', () => {
    const back = edited([{ edit: 'up' }], sent(edited([pasted(LONG)])));
    expect(shown(back)).toEqual(['› [pasted 1,240 lines, 99 kB]']);
    expect(back.origin).toBe('pasted');
    expect(shown(editedOutside(EMPTY_PROMPT, `${LONG}\n`))).toEqual(['› [pasted 1,240 lines, 99 kB]']);
  });

  it('cannot be feigned: what a mark is made of is shown when it is pasted', () => {
    const feigned = edited([pasted(LONG), pasted(' \u{10f000} ')]);
    expect(fullText(feigned)).toBe(`${LONG} \\u{10f000} `);
  });

  it.each([
    ['a short one', 'one\ntwo'],
    ['a line', 'x'.repeat(900)],
  ])('is not made of %s', (_name, text) => {
    expect(edited([pasted(text)]).text).toBe(text);
  });

  it('keeps the row of the cursor in sight, however long the text is and wherever it stands', () => {
    const open = edited([pasted(LONG), { edit: 'unfold' }]);
    const middle = Array.from({ length: 600 }, (): PromptEdit => ({ edit: 'up' }));
    const there = edited(middle, open);
    const { lines, cursor } = promptPicture(there, terminalWords('en'), 100, 5);
    expect(lineText(lines[cursor.y] ?? [])).toContain('line 639 ');
  });
});

describe('the editor', () => {
  it('leaves the text as one that was not typed; unchanged, as it was', () => {
    const prompt = edited(keys('start web-1'));
    expect(editedOutside(prompt, 'start web-1\n')).toBe(prompt);
    expect(editedOutside(prompt, 'start web-2\n')).toMatchObject({ text: 'start web-2', origin: 'edited' });
    expect(edited([{ edit: 'undo' }], editedOutside(prompt, ''))).toBeTruthy();
    expect(editedOutside(prompt, '')).toMatchObject({ text: '', origin: 'typed' });
  });
});

describe('the prompt, whatever is done to it', () => {
  const ANY: fc.Arbitrary<PromptEdit> = fc.oneof(
    fc
      .constantFrom<PromptEdit['edit']>(
        ...(['left', 'right', 'up', 'down', 'wordLeft', 'wordRight', 'textStart', 'textEnd'] as const),
        ...(['deleteBack', 'deleteForward', 'deleteWord', 'deleteWordForward', 'deleteToEnd'] as const),
        ...(['undo', 'redo', 'yank', 'yankOlder', 'unfold', 'clear'] as const),
      )
      .map((edit) => ({ edit }) as PromptEdit),
    fc.constantFrom('a', ' ', '웹', '👍🏽', '\u0301', '\n', '🇰🇷').map(insert),
    fc.constantFrom('b\n'.repeat(12), '웹'.repeat(1_200)).map(pasted),
  );

  it('shows its cursor where the text before it ends, in the room it has', () => {
    fc.assert(
      fc.property(
        fc.array(ANY, { maxLength: 40 }),
        fc.integer({ min: 5, max: 40 }),
        fc.integer({ min: 1, max: 6 }),
        (edits, columns, rows) => {
          const prompt = edited(edits);
          const { lines, cursor } = promptPicture(prompt, terminalWords('ko'), columns, rows);
          expect(lines.length).toBeLessThanOrEqual(rows);
          expect(cursor.y).toBeLessThan(lines.length);
          expect(cursor.x).toBeLessThan(columns);
          for (const line of lines) expect(cells(lineText(line))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });

  it('comes back to where it was by as much undoing, and forward again', () => {
    fc.assert(
      fc.property(fc.array(ANY, { maxLength: 30 }), (edits) => {
        const start = written(EMPTY_PROMPT, 'start', 'recalled');
        const prompt = edited(edits, start);
        const steps = prompt.changes.past.length;
        const back = edited(Array<PromptEdit>(steps).fill({ edit: 'undo' }), prompt);
        expect(back.text).toBe('');
        const again = edited(Array<PromptEdit>(steps).fill({ edit: 'redo' }), back);
        expect(again.text).toBe(prompt.text);
        expect(again.origin).toBe(prompt.origin);
      }),
    );
  });
});
