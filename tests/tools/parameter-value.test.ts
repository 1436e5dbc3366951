import { expect, test } from 'vitest';
import { whyNotAllowed } from '../../mcp-server/tools/parameter-value.ts';

const rule = (DataType: string, AllowedValues?: string) => ({
  ParameterName: 'p',
  DataType,
  ...(AllowedValues === undefined ? {} : { AllowedValues }),
});

test.each([
  ['integer', '6-8388607', '500'],
  ['integer', '-1-2147483647', '-1'],
  ['integer', '0,1,10-20', '15'],
  ['integer', '6-8388607', '{DBInstanceClassMemory/9531392}'],
  ['integer', '6-8388607', 'LEAST({DBInstanceClassMemory/9531392},5000)'],
  ['float', '0-1.79769e+308', '1.1'],
  ['boolean', '0,1', '1'],
  ['boolean', undefined, 'off'],
  ['string', 'READ-COMMITTED,REPEATABLE-READ', 'read-committed'],
  ['list', 'pgaudit,pg_cron,auto_explain', 'pg_cron, pgaudit'],
  ['string', undefined, 'anything at all'],
])('%s of %s can be %s', (type, allowed, value) => {
  expect(whyNotAllowed(rule(type, allowed), value)).toBeNull();
});

test.each([
  ['integer', '6-8388607', '5'],
  ['integer', '6-8388607', '8388608'],
  ['integer', undefined, '1.5'],
  ['integer', '0-10', ''],
  ['float', undefined, 'fast'],
  ['boolean', '0,1', 'on'],
  ['boolean', undefined, '2'],
  ['string', 'none,ddl,mod,all', 'ddl,mod'],
  ['list', 'pgaudit,pg_cron', 'pg_cron,rootkit'],
])('%s of %s cannot be %j', (type, allowed, value) => {
  expect(whyNotAllowed(rule(type, allowed), value)).toMatch(/^p (is|can be) /);
});

test('a long list of words is cut', () => {
  const words = Array.from({ length: 400 }, (_, index) => `word${index}`).join(',');
  expect(whyNotAllowed(rule('string', words), 'other')?.length).toBeLessThan(400);
});
