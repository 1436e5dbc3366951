import { expect, test } from 'vitest';
import { values as en } from '../../src/language/en/values.ts';
import { values as ko } from '../../src/language/ko/values.ts';
import { values as zh } from '../../src/language/zh/values.ts';

test.each([
  ['ko', ko],
  ['zh', zh],
])('%s asks for every value that English asks for', (_, values) => {
  expect(Object.keys(values).toSorted()).toEqual(Object.keys(en).toSorted());
});
