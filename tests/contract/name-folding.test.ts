import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldKeepingParts, foldName, foldToLetters } from '../../mcp-server/contract/name-folding.ts';

const INVISIBLE = ['\u200b', '\u202e', '\ufeff', '\u00ad', '\u2060'];

describe('names that are the same to a person', () => {
  test.each(['web-1', 'WEB 1', 'web_1', 'Web1', 'ｗｅｂ１', 'web.1', 'web/1'])('%j is web-1', (name) => {
    expect(foldName(name)).toBe('web1');
    expect(foldToLetters(name)).toBe('web1');
  });

  test('parts stay parts where they are asked for', () => {
    expect(foldKeepingParts('Web__1')).toBe('web-1');
    expect(foldKeepingParts('web1')).toBe('web1');
  });
});

test.each(INVISIBLE)('%j makes another name, and still the same one to a rule that protects', (char) => {
  expect(foldName(`web-1${char}`)).not.toBe(foldName('web-1'));
  expect(foldToLetters(`web-1${char}`)).toBe(foldToLetters('web-1'));
});

test('letters that are the same to a person are the same to a rule that protects', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('-', '_', ' ', '.', '/'), (name, by) => {
      const other = name
        .toUpperCase()
        .toLowerCase()
        .replaceAll(/[-_ ./]/g, by);
      fc.pre(/[\p{L}\p{N}]/u.test(name) && foldName(other) === foldName(name));
      expect(foldToLetters(other)).toBe(foldToLetters(name));
    }),
  );
});

test('a name of signs alone is not everything', () => {
  expect(foldToLetters('***')).not.toBe(foldToLetters('---'));
});
