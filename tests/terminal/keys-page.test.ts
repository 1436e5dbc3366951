import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KEYS_PAGE, keysPage } from '../../scripts/keys-page.ts';

it('docs/keys.md says what the tables say: run node scripts/keys-page.ts', () => {
  expect(readFileSync(KEYS_PAGE, 'utf8')).toBe(keysPage());
});
