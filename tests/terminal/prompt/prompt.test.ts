import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terminalWords } from '../../../src/language/terminal.ts';
import { LONGEST_TYPED, readChunk } from '../../../src/terminal/prompt/chunk.ts';
import {
  EMPTY_PROMPT,
  editPrompt,
  type Prompt,
  type PromptEdit,
  sent,
} from '../../../src/terminal/prompt/prompt.ts';
import { promptPicture } from '../../../src/terminal/prompt/prompt-view.ts';
import { cells, graphemes } from '../../../src/terminal/text/cells.ts';
import { lineText } from '../../../src/terminal/text/lines.ts';

const edited = (edits: PromptEdit[], from: Prompt = EMPTY_PROMPT) => edits.reduce(editPrompt, from);
const typed = (text: string): PromptEdit => ({ edit: 'insert', text, origin: 'typed' });
const pasted = (text: string): PromptEdit => ({ edit: 'insert', text, origin: 'pasted' });
const picture = (prompt: Prompt, columns: number, rows = 8) =>
  promptPicture(prompt, terminalWords('en'), columns, rows);

describe('prompt', () => {
  it('moves and deletes by what a person takes for a character', () => {
    const prompt = edited([
      typed('웹👍🏽e\u0301'),
      { edit: 'left' },
      { edit: 'left' },
      { edit: 'deleteBack' },
    ]);
    expect(prompt.cursor).toBe(0);
    expect(prompt.text.startsWith('웹')).toBe(false);
  });

  it('moves by word and to the ends of a line', () => {
    const prompt = edited([typed('start the batch server'), { edit: 'wordLeft' }, { edit: 'wordLeft' }]);
    expect(prompt.text.slice(prompt.cursor)).toBe('batch server');
    expect(edited([{ edit: 'lineStart' }], prompt).cursor).toBe(0);
    expect(edited([{ edit: 'deleteToEnd' }], prompt).text).toBe('start the ');
    expect(edited([{ edit: 'deleteWord' }], prompt).text).toBe('start batch server');
  });

  it('goes up and down within a text of several lines, to the nearest column', () => {
    const prompt = edited([typed('웹서버\nab\n12345678'), { edit: 'up' }]);
    expect(prompt.cursor).toBe('웹서버\nab'.length);
    const above = edited([{ edit: 'up' }], prompt);
    expect(prompt.text.slice(0, above.cursor)).toBe('웹');
  });

  it('leafs through what was sent and comes back to what was being written', () => {
    const first = sent(edited([typed('one')]));
    const second = sent(edited([typed('two')], first));
    const writing = edited([typed('thr')], second);
    expect(edited([{ edit: 'up' }], writing).text).toBe('two');
    expect(edited([{ edit: 'up' }, { edit: 'up' }, { edit: 'up' }], writing).text).toBe('one');
    expect(edited([{ edit: 'up' }, { edit: 'up' }, { edit: 'down' }, { edit: 'down' }], writing).text).toBe(
      'thr',
    );
  });

  it('takes one pasted word as making all of it pasted, until it is empty again', () => {
    const mixed = edited([typed('start '), pasted('batch'), typed(' now')]);
    expect(mixed.origin).toBe('pasted');
    const shortened = edited([{ edit: 'deleteWord' }, { edit: 'deleteWord' }], mixed);
    expect(shortened.origin).toBe('pasted');
    expect(edited([{ edit: 'deleteToStart' }, typed('start')], shortened).origin).toBe('typed');
  });

  it('does not take what is fetched from history for words of this turn', () => {
    const before = sent(edited([typed('start batch')]));
    const fetched = edited([{ edit: 'up' }], before);
    expect(fetched.origin).toBe('recalled');
    expect(edited([typed('!')], fetched).origin).toBe('recalled');
    const wasPasted = sent(edited([pasted('start batch')]));
    expect(edited([{ edit: 'up' }], wasPasted).origin).toBe('pasted');
  });

  it('shows what is pasted as it is sent: nothing hidden', () => {
    expect(edited([pasted('stop web\u202e1\u001b[A\r\nnow')]).text).toBe('stop web\\u{202e}1\\u{1b}[A\nnow');
  });

  it('keeps the cursor between characters whatever is pressed', () => {
    const keys = fc.constantFrom<PromptEdit['edit']>(
      'left',
      'right',
      'wordLeft',
      'wordRight',
      'lineStart',
      'lineEnd',
      'up',
      'down',
      'deleteBack',
      'deleteForward',
      'deleteWord',
      'deleteToStart',
      'deleteToEnd',
    );
    const edit = fc.oneof(
      keys.map((name) => ({ edit: name }) as PromptEdit),
      fc.constantFrom('a', '웹', '👍🏽', ' ', '\n', 'e\u0301').map(typed),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), fc.integer({ min: 5, max: 30 }), (edits, columns) => {
        const prompt = edited(edits);
        const bounds = new Set([0]);
        let offset = 0;
        for (const grapheme of graphemes(prompt.text)) {
          offset += grapheme.length;
          bounds.add(offset);
        }
        expect(bounds).toContain(prompt.cursor);
        const { lines, cursor } = picture(prompt, columns, 4);
        expect(lines.length).toBeLessThanOrEqual(4);
        expect(cursor.y).toBeLessThan(lines.length);
        expect(cursor.x).toBeLessThan(columns);
        for (const line of lines) expect(cells(lineText(line))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('prompt on the screen', () => {
  it('puts the cursor after Hangul at two columns each', () => {
    const { cursor } = picture(edited([typed('웹 서버')]), 40);
    expect(cursor).toEqual({ x: 2 + 7, y: 0 });
  });

  it('breaks a long line and follows the cursor', () => {
    const { lines, cursor } = picture(edited([typed('a'.repeat(100))]), 20, 3);
    expect(lines).toHaveLength(3);
    expect(cursor.y).toBe(2);
  });
});

describe('a piece of input', () => {
  it.each(['a', 'a\r', '\r', '서', '👩‍🚒', '\r\r'])('%j is one key: typed', (input) => {
    expect(readChunk(input).origin).toBe('typed');
  });

  it('of several characters may be a paste, and is sent by the line end that comes with it', () => {
    expect(readChunk('start batch-1\r')).toEqual({
      origin: 'burst',
      lines: ['start batch-1'],
      rest: '',
    });
    expect(readChunk('웹 서버')).toEqual({ origin: 'burst', lines: [], rest: '웹 서버' });
    expect(readChunk('ab').origin).toBe('burst');
  });

  it('makes all of the prompt a burst, and a paste makes all of it pasted', () => {
    const burst: PromptEdit = { edit: 'insert', text: 'batch-1', origin: 'burst' };
    expect(edited([typed('start '), burst]).origin).toBe('burst');
    expect(edited([burst, typed('x')]).origin).toBe('burst');
    expect(edited([burst, pasted('x')]).origin).toBe('pasted');
  });

  it('is a paste when it is longer than typing comes or goes on after a line end', () => {
    expect(readChunk('x'.repeat(LONGEST_TYPED)).origin).toBe('burst');
    expect(readChunk('x'.repeat(LONGEST_TYPED + 1)).origin).toBe('pasted');
    expect(readChunk('start batch\rstop')).toEqual({
      origin: 'pasted',
      lines: ['start batch'],
      rest: 'stop',
    });
    expect(readChunk('start batch\rstop web-1\r').origin).toBe('pasted');
    const log = 'line\r'.repeat(20);
    expect(readChunk(log)).toEqual({ origin: 'pasted', lines: [], rest: 'line\n'.repeat(20) });
    expect(readChunk('start batch\r\r').origin).toBe('burst');
  });
});
