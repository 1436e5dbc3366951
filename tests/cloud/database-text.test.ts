import { expect, test } from 'vitest';
import { vcpusOf } from '../../mcp-server/cloud/database-classes.ts';
import { maskedStatement } from '../../mcp-server/cloud/sql-text.ts';

test.each([
  ['SELECT * FROM t WHERE id = $1 AND note = $2', 'postgres', 'SELECT * FROM t WHERE id = $1 AND note = $2'],
  ["ALTER USER a PASSWORD 's3cret'", 'postgres', "ALTER USER a PASSWORD '?'"],
  ["SET x = 'it''s \\' secret' WHERE y", 'mysql', "SET x = '?' WHERE y"],
  ["CREATE USER a PASSWORD 's3cret that was cu", 'postgres', "CREATE USER a PASSWORD '?'"],
  ['SELECT "Name" FROM "Users"', 'postgres', 'SELECT "Name" FROM "Users"'],
  ['SELECT "s3cret"', 'aurora-mysql', 'SELECT "?"'],
  ['DO $body$ s3cret $body$; SELECT $$s3cret$$', 'postgres', "DO '?'; SELECT '?'"],
])('%s', (statement, engine, masked) => {
  expect(maskedStatement(statement, engine)).toBe(masked);
});

test.each([
  ['db.r6g.large', 2],
  ['db.r6g.2xlarge', 8],
  ['db.m6g.16xlarge', 64],
  ['db.t4g.medium', 2],
  ['db.m6g.medium', 1],
  ['db.serverless', null],
])('%s has %s vCPUs', (name, vcpus) => {
  expect(vcpusOf({ DBInstanceClass: name })).toBe(vcpus);
});

test('a choice of cores counts before the class', () => {
  const ProcessorFeatures = [
    { Name: 'coreCount', Value: '4' },
    { Name: 'threadsPerCore', Value: '1' },
  ];
  expect(vcpusOf({ DBInstanceClass: 'db.r5.4xlarge', ProcessorFeatures })).toBe(4);
});
