import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainBlock, plainLine } from '../../src/domain/plain-text.ts';

describe('text from outside, made plain', () => {
  it.each([
    ['web-1', 'web-1'],
    ['결제 서버', '결제 서버'],
    ['支付', '支付'],
    ['\u001b[2Jgone', String.raw`\u{1b}[2Jgone`],
    ['web\u202e1-tsoh', String.raw`web\u{202e}1-tsoh`],
    ['a\u2066b\u2069', String.raw`a\u{2066}b\u{2069}`],
    ['zero\u200bwidth', String.raw`zero\u{200b}width`],
    ['\ufeffbom', String.raw`\u{feff}bom`],
    ['tag\u{e0041}', String.raw`tag\u{e0041}`],
    ['c1\u009b31m', String.raw`c1\u{9b}31m`],
    ['bell\u0007', String.raw`bell\u{7}`],
    ['two\nlines', String.raw`two\nlines`],
    ['a\tb', String.raw`a\tb`],
    ['\u3164', String.raw`\u{3164}`],
    ['x\ud800', String.raw`x\u{d800}`],
    ['⚠\ufe0f', '⚠\ufe0f'],
    ['x\ufe0f', String.raw`x\u{fe0f}`],
  ])('%j shows as %j', (raw, shown) => {
    expect(plainLine(raw)).toBe(shown);
  });

  it('stops combining marks from painting over the lines around', () => {
    const shown = plainLine(`a${'\u0301'.repeat(50)}`);
    expect([...shown].filter((character) => character === '\u0301')).toHaveLength(4);
    expect(shown).toContain(String.raw`\u{301}`);
  });

  it('keeps the lines of a block and nothing else that a terminal would obey', () => {
    expect(plainBlock('one\r\ntwo\rthree\n\tfour\u001b[0m')).toBe('one\ntwo\nthree\n  four\\u{1b}[0m');
  });

  it('leaves nothing a terminal obeys or hides, and changes nothing the second time', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('a', '웹', '\u001b', '\u202e', '\u200d', '\r', '\n', '\u0301', '\u009b'),
    });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        const shown = plainLine(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(plainLine(shown)).toBe(shown);
      }),
    );
  });
});
