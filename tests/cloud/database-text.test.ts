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
  // A quote in a name or in a comment opens no text, and a backslash escapes nothing where it is a letter.
  [`SELECT "o'x", 's3cret'`, 'postgres', `SELECT "o'x", '?'`],
  ["/* it's */ SELECT 's3cret'", 'aurora-postgresql', "/* it's */ SELECT '?'"],
  ["-- don't\nSELECT 's3cret' -- 's3cret'", 'postgres', "-- don't\nSELECT '?' -- '?'"],
  ["SELECT 'a\\', 's3cret', E'\\'s3cret'", 'postgres', "SELECT '?', '?', '?'"],
  ["SELECT `o'x`, 's3cret' # it's", 'mysql', "SELECT `o'x`, '?' # it's"],
  ["/*!50000 SET x = 's3cret */", 'mysql', "/*!50000 SET x = '?'"],
  ["SELECT [o'x], N's3cret'", 'sqlserver-ex', "SELECT [o'x], N'?'"],
  ["SELECT q'[it's s3cret]', 's3cret'", 'oracle-ee', "SELECT '?', '?'"],
  ['ALTER USER a IDENTIFIED BY "s3cret"', 'oracle-ee', 'ALTER USER a IDENTIFIED BY ?'],
  [
    'ALTER USER a IDENTIFIED BY s3cret ACCOUNT UNLOCK',
    'oracle-ee',
    'ALTER USER a IDENTIFIED BY ? ACCOUNT UNLOCK',
  ],
  ['ALTER LOGIN a WITH PASSWORD = 0x01AB HASHED', 'sqlserver-se', 'ALTER LOGIN a WITH PASSWORD = ? HASHED'],
  [
    'SELECT password FROM users WHERE password = $1',
    'postgres',
    'SELECT password FROM users WHERE password = $1',
  ],
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
