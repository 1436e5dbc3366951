import { expect, test } from 'vitest';
import { quantity } from '../../../src/assistant/answers/quantity.ts';

test.each([
  [31.4, 'Percent', '31 %'],
  [0.52, 'Percent', '0.52 %'],
  [2_134_000, 'Bytes', '2.13 MB'],
  [12_500, 'Bytes/Second', '12.5 kB/s'],
  [0.34, 'Seconds', '340 ms'],
  [1500, 'Milliseconds', '1.5 s'],
  [1234.4, 'Count', '1,234'],
  [0, 'Count', '0'],
  [100, null, '100'],
  [-3.456, 'None', '-3.46'],
])('%s %s is %s', (value, unit, text) => {
  expect(quantity(value, unit)).toBe(text);
});
