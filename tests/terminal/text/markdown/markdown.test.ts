import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineCells } from '../../../../src/terminal/text/cells.ts';
import { goesOn, lineText } from '../../../../src/terminal/text/lines.ts';
import { type Joint, markdownRows } from '../../../../src/terminal/text/markdown/blocks.ts';
import { freeze, type Piece } from '../../../../src/terminal/text/markdown/freeze.ts';
import { likelyWhole } from '../../../../src/terminal/text/markdown/unfinished.ts';

const rows = (source: string, columns = 40, joint: Joint = 'first') =>
  markdownRows(source, joint, { columns, full: columns + 2, spoken: false });
const text = (source: string, columns = 40) => rows(source, columns).map(({ line }) => lineText(line));
const tones = (source: string) =>
  rows(source).flatMap(({ line }) => line.map((part) => [part.text, part.tone]));

describe('Markdown on the screen', () => {
  it('draws headings, emphasis, code and struck text without their marks', () => {
    expect(tones('## Why **it** fell')).toEqual([
      ['Why ', 'title'],
      ['it', 'title'],
      [' fell', 'title'],
    ]);
    expect(tones('a **b** *c* `d*e*` ~~f~~ g_h_i &lt;j&gt;')).toEqual([
      ['a ', 'plain'],
      ['b', 'strong'],
      [' ', 'plain'],
      ['c', 'emphasis'],
      [' ', 'plain'],
      ['d*e*', 'code'],
      [' ', 'plain'],
      ['f', 'struck'],
      [' g_h_i <j>', 'plain'],
    ]);
  });

  it('numbers, nests and ticks lists', () => {
    expect(text('9. nine\n10. ten\n    - under *it*\n\n      more\n11. [x] done\n12. [ ] open')).toEqual([
      '9. nine',
      '10. ten',
      '    • under it',
      '',
      '      more',
      '11. [x] done',
      '12. [ ] open',
    ]);
  });

  it('leaves code as it is, at the left edge, labelled, and breaks it only where the terminal would', () => {
    const source = '- see\n  ```yaml\n  key: |\n    0123456789012345678901234\n  ```';
    const drawn = markdownRows(source, 'first', { columns: 18, full: 20, spoken: false });
    expect(drawn.map(({ line }) => lineText(line))).toEqual([
      '• see',
      '  yaml',
      'key: |',
      '  012345678901234567',
      '8901234',
    ]);
    expect(drawn.map(({ line }) => goesOn(line))).toEqual([false, false, false, true, false]);
    expect(drawn.map(({ flush }) => flush)).toEqual([false, false, true, true, true]);
  });

  it('keeps every word of a table: side by side, wrapped, and below each other', () => {
    const table =
      '| name | what it says |\n|:--|--:|\n| web-1 | the target group drains it |\n| db | **up** |';
    expect(text(table, 40)).toEqual([
      'name                 what it says',
      'web-1  the target group drains it',
      'db                             up',
    ]);
    expect(text(table, 20)).toEqual([
      'name    what it says',
      'web-1     the target',
      '        group drains',
      '                  it',
      'db                up',
    ]);
    expect(text(table, 10)[0]).toBe('name:');
    for (const columns of [8, 10, 14, 20, 30, 60])
      expect(text(table, columns).join(' ').replace(/\s+/g, ' ')).toMatch(/target.*group.*drains/);
  });

  it('shows where a link leads, quotes, rules, and tags as they were written', () => {
    expect(text('[docs](https://a.b/c) <https://a.b> <b>x</b>', 80)).toEqual([
      'docs (https://a.b/c) https://a.b <b>x</b>',
    ]);
    expect(text('> one\n> - two\n\n---\n\n<div>\nraw\n</div>')).toEqual([
      '│ one',
      '│ ',
      '│ • two',
      '',
      '─'.repeat(24),
      '',
      '<div>',
      'raw',
      '</div>',
    ]);
  });

  it('joins lines of a paragraph with a blank, and Han without one', () => {
    expect(text('one\ntwo  \nthree\n\n服务\n正常')).toEqual(['one two', 'three', '', '服务正常']);
  });

  it('makes what would steer the terminal plain, however it is written', () => {
    const drawn = text('a\u001b[31mb &#27;[2J `\u202e` \u200b\n\n```\n\u0007\u0000\n```', 200).join('\n');
    expect(drawn).not.toMatch(/[\u001b\u202e\u200b\u0007\u0000]/);
    expect(drawn).toContain(String.raw`\u{1b}[2J`);
  });

  it('fits every width', () => {
    fc.assert(
      fc.property(fc.array(blockOf()), fc.integer({ min: 12, max: 90 }), (blocks, columns) => {
        for (const { line } of rows(blocks.join('\n\n'), columns))
          expect(lineCells(line)).toBeLessThanOrEqual(columns + 2);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a text that is still being written', () => {
  it.each([
    ['so **bol', 'so **bol**'],
    ['so **', 'so '],
    ['so `co', 'so `co`'],
    ['a *b **c', 'a *b **c***'],
    ['web_1 and 2 * 3', 'web_1 and 2 * 3'],
    ['see [the do', 'see the do'],
    ['see [the docs](https://a', 'see the docs'],
    ['done\n\n##', 'done\n\n'],
    ['done\n\n- ', 'done\n\n'],
    ['done\n\n1.', 'done\n\n'],
    ['a\n\n| x | y |', 'a\n\n'],
    ['a\n\n| x | y |\n|--', 'a\n\n'],
    ['a\n\n| x | y |\n|--|--|\n| 1', 'a\n\n| x | y |\n|--|--|\n| 1'],
    ['```sh\nls **', '```sh\nls **'],
  ])('%j is drawn as %j', (source, expected) => {
    expect(likelyWhole(source)).toBe(expected);
  });

  it('never loses a word of what has come, but for a mark that is held back', () => {
    const source = 'One **two** three `four` and *five*.\n\n- six\n- seven\n\n```sh\neight\n```\n';
    for (let end = 1; end <= source.length; end += 1) {
      const words = source.slice(0, end).match(/[a-z]{3,}/gi) ?? [];
      const drawn = text(likelyWhole(source.slice(0, end))).join(' ');
      for (const word of words.filter((each) => each !== 'sh')) expect(drawn).toContain(word);
    }
  });
});

describe('freezing what is final', () => {
  /** The rows as they scroll away piece by piece, and those of the rest. */
  function streamed(source: string, columns: number, most: number, chunk: number) {
    const pieces: Piece[] = [];
    let tail = '';
    let joint: Joint = 'first';
    let widest = 0;
    for (let at = 0; at < source.length; at += chunk) {
      tail += source.slice(at, at + chunk);
      const thaw = freeze(tail, joint, { columns, rows: most });
      pieces.push(...thaw.pieces);
      ({ tail, joint } = thaw);
      widest = Math.max(widest, tail.length);
    }
    if (tail.trim() !== '') pieces.push({ text: tail, joint });
    const drawn = pieces.flatMap((piece) => [
      ...(piece.joint === 'block' ? [''] : []),
      ...rows(piece.text, columns, piece.joint).map(({ line }) => lineText(line)),
    ]);
    return { drawn, widest };
  }

  it('draws the same in the end, wherever the pieces are cut', () => {
    fc.assert(
      fc.property(
        fc.array(blockOf(), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 12, max: 60 }),
        fc.integer({ min: 1, max: 30 }),
        (blocks, columns, chunk) => {
          const source = `${blocks.join('\n\n')}\n`;
          expect(streamed(source, columns, 4, chunk).drawn).toEqual(text(source, columns));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps only a little open, however long a paragraph, a list or a program is', () => {
    const words = Array.from({ length: 700 }, (_, n) => `word${n}`);
    const sources = [
      words.join(' '),
      words.map((word) => `- ${word} ${word}`).join('\n'),
      `\`\`\`sh\n${words.map((word) => `echo ${word}`).join('\n')}\n\`\`\``,
      `| a | b |\n|--|--|\n${words.map((word) => `| ${word} | x |`).join('\n')}`,
      words.map((word) => `服务器${word}正常运行`).join(''),
    ];
    for (const source of sources) expect(streamed(source, 60, 6, 200).widest).toBeLessThan(3_000);
  });

  it.each([
    ['a word', 'x'.repeat(30_000)],
    ['a line of code', `\`\`\`\n${'y'.repeat(30_000)}\n\`\`\`\n`],
    ['a quote', '> said and said again\n'.repeat(3_000)],
    ['an item', `- one\n${'  - under it\n'.repeat(4_000)}`],
    ['blanks', ' '.repeat(30_000)],
    ['brackets', '['.repeat(30_000)],
  ])('cuts even %s that does not end, and loses nothing of it', (_name, source) => {
    const { drawn, widest } = streamed(source, 60, 6, 500);
    expect(widest).toBeLessThan(14_000);
    const kept = (text: string) => text.replace(/[\s>`│•-]/g, '');
    expect(kept(drawn.join(''))).toHaveLength(kept(source).length);
  });
});

function blockOf(): fc.Arbitrary<string> {
  const word = fc.constantFrom(
    'web-1',
    'latency',
    '서버',
    '服务器',
    'rose',
    '**bold**',
    '`code x`',
    '*em*',
    'a_b',
  );
  const words = fc.array(word, { minLength: 1, maxLength: 40 }).map((each) => each.join(' '));
  const few = fc.array(word, { minLength: 1, maxLength: 4 }).map((each) => each.join(' '));
  return fc.oneof(
    words,
    few.map((each) => `## ${each}`),
    fc.array(few, { minLength: 1, maxLength: 8 }).map((items) => items.map((each) => `- ${each}`).join('\n')),
    fc
      .array(few, { minLength: 1, maxLength: 8 })
      .map(
        (items) => `${items.map((each, index) => `${index + 2}. ${each}\n   - ${each}`).join('\n')}\n\nend`,
      ),
    fc.array(few, { minLength: 1, maxLength: 9 }).map((lines) => `\`\`\`sh\n${lines.join('\n')}\n\`\`\``),
    fc
      .array(few, { minLength: 1, maxLength: 5 })
      .map((cells) => `| a | b |\n|--|--|\n${cells.map((each) => `| ${each} | 1 |`).join('\n')}`),
    few.map((each) => `> ${each}`),
    fc.constant('---'),
  );
}
