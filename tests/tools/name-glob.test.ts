import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldKeepingParts } from '../../mcp-server/contract/name-folding.ts';
import { fitsGlob } from '../../mcp-server/tools/name-glob.ts';

describe('a glob over names', () => {
  test.each([
    ['web-*', 'web-1', true],
    ['web-*', 'Web_2', true],
    ['web-*', 'webhook', false],
    ['*web*', 'staging-web-1', true],
    ['web-?', 'web-12', false],
    ['web', 'web-1', false],
    ['*', '', true],
    ['?', '', false],
    ['a*b*c', 'a-x-b-y-c', true],
    ['a*b*c', 'a-x-c-y-b', false],
    ['a.c', 'abc', false],
  ])('%j on %j: %j', (glob, name, fits) => {
    expect(fitsGlob(glob, name)).toBe(fits);
  });

  test('agrees with the regular expression it stands for', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const names = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 });
    fc.assert(
      fc.property(letters, names, (glob, name) => {
        const pattern = foldKeepingParts(glob).replaceAll('*', '.*').replaceAll('?', '.');
        expect(fitsGlob(glob, name)).toBe(new RegExp(`^${pattern}$`).test(foldKeepingParts(name)));
      }),
    );
  });

  test('a pattern made to take long does not', () => {
    expect(fitsGlob(`${'*a'.repeat(100)}*b`, 'a'.repeat(255))).toBe(false);
  });
});
