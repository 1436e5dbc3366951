import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cells, cut, cutLine, fitted, lineCells, wrap, wrapLine } from '../../../src/terminal/text/cells.ts';
import { lineText, span } from '../../../src/terminal/text/lines.ts';

const anyText = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '웹', '서', '列', '。', '⚠', 'é') });

describe('cells', () => {
  it('counts Hangul and Han as two', () => {
    expect(cells('웹 서버')).toBe(7);
    expect(cells('服务器')).toBe(6);
    expect(cells('web-1')).toBe(5);
  });

  it('cuts at a character, never through a wide one', () => {
    expect(cut('웹서버', 4)).toBe('웹…');
    expect(cut('웹서버', 6)).toBe('웹서버');
    expect(cut('abc', 0)).toBe('');
    expect(fitted('웹서버', 4)).toBe('웹… ');
    expect(fitted('7', 3, 'right')).toBe('  7');
  });

  it('marks a line as cut even when a part ends right at the edge', () => {
    expect(lineText(cutLine([span('abcd'), span('ef')], 4))).toBe('abc…');
  });

  it('breaks English and Korean between words, Chinese between characters but not before a full stop', () => {
    expect(wrap('one two three', 8).map(lineText)).toEqual(['one two', 'three']);
    expect(wrap('위험한 작업은', 10).map(lineText)).toEqual(['위험한', '작업은']);
    expect(wrap('危险操作。', 8).map(lineText)).toEqual(['危险操', '作。']);
    expect(wrap('ec2:DescribeInstances', 10).map(lineText)).toEqual(['ec2:Descri', 'beInstance', 's']);
  });

  it('never makes a row wider than the room, and loses nothing but blanks', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 30 }), (text, columns) => {
        const rows = wrapLine([span(text, 'strong')], columns);
        for (const row of rows) expect(lineCells(row)).toBeLessThanOrEqual(columns);
        const bare = (of: string) => of.replaceAll(' ', '');
        expect(bare(rows.map(lineText).join(''))).toBe(bare(text));
      }),
    );
  });
});
