/**
 * Writes `docs/account-file.md` from the schema the account file is read with, the rules of the faults, and what
 * is said of both in `account-page/`.
 * Run: `node scripts/account-file-page.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { faultSections } from './account-page/fault-sections.ts';
import { keySections, keyTable } from './account-page/key-tables.ts';

export const ACCOUNT_FILE_PAGE = new URL('../docs/account-file.md', import.meta.url);
/** The example, which runs: `aiops --account docs/account-example/account.yaml`. */
export const EXAMPLE = new URL('../docs/account-example/account.yaml', import.meta.url);

export function accountFilePage(): string {
  return [
    ...INTRODUCTION,
    '## An example',
    '',
    ...EXAMPLE_WORDS,
    '```yaml',
    readFileSync(EXAMPLE, 'utf8').trimEnd(),
    '```',
    '',
    ...TRYING_IT,
    ...WRITING,
    '## Keys',
    '',
    'An empty default: it may be left out. A section that is left out is empty.',
    '',
    ...keySections(),
    ...SIDE_FILES,
    '## Trouble',
    '',
    'How AWS itself misbehaves towards us.',
    '',
    ...keyTable('trouble'),
    '',
    ...TROUBLE_WORDS,
    '## Faults',
    '',
    'What goes wrong, and when.',
    '',
    ...keyTable('faults'),
    '',
    ...FAULT_RULES,
    ...faultSections(),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}

const INTRODUCTION = [
  '# The account file',
  '',
  'A simulated AWS account is one YAML file, with CSV, log and JSON files beside it. `aiops --account FILE` runs',
  'everything against it instead of AWS: the real AWS clients are in play, only the answers are made up. What you change',
  'is gone with the process, unless you start it with `--keep`.',
  '',
  'A key that is not known, a wrong type, a bad date or a fault on what is not in the file is an error with its line and',
  'what to do about it. This page is made from the schema and the rules themselves (`node scripts/account-file-page.ts`).',
  '',
];

const EXAMPLE_WORDS = [
  '[account-example/](account-example/) has it with its two files: metric points and log lines.',
  '',
];

const TRYING_IT = [
  'A drill: start it, wait, and mend it.',
  '',
  '```sh',
  'aiops --account docs/account-example/account.yaml --speed 10     # ten simulated seconds in a real one',
  '```',
  '',
  '```text',
  'what alarms are firing              target health of front',
  'errors in /shop/web, last 10 minutes',
  'resize web-1 to t3.large            (asks: the tempting one; it is still down)',
  'reboot web-1                        (asks: mends it)',
  '```',
  '',
];

const WRITING = [
  '## Writing one',
  '',
  '- **moment**: `2026-11-20T08:31:00Z` (UTC without a zone), or counted from the start of the run: `-35m`, `+90s`.',
  '  **time**: the first form only. **duration**: a number and `ms`, `s`, `m`, `h` or `d`.',
  '- **region**: such as `ap-northeast-2`; all that are used have to be in `regions`.',
  '- **file**: a path counted from the account file. **map**: keys of your own with values.',
  '- **Names** stand for resources wherever an id would: in groups, targets, dimensions, dependencies, changes, faults.',
  '  In dependencies, targets and dimensions a name may also be of something outside the file.',
  '- Everything follows from the file, the start of the run and what was done since: the same run twice is the same.',
  '',
];

const SIDE_FILES = [
  '## Side files',
  '',
  '- **Metric points** (CSV): `timestamp,value` a line, under a heading or not. A timestamp is ISO 8601 (UTC without a',
  '  zone) or epoch seconds or milliseconds; lines may come in any order.',
  '- **Log lines** (text): one event a line. A leading ISO time or epoch milliseconds is its time; a line without one has',
  '  that of the line before.',
  '- **The bill** (CSV): a heading with `date,account,service,region,usage_type,amount` in any order, and `tag:<key>` columns',
  '  if wanted; a date is `YYYY-MM-DD`, an amount US dollars. Cells with commas stand in double quotes.',
  '- **Performance Insights** (JSON): `db_load: {timestamps: [], values: []}` with ISO times, `top_sql: [{statement,',
  '  db_load_avg, calls_per_sec, wait_events: [{name, type, db_load_avg}]}]`, `top_wait_events` like those, `top_users:',
  '  [{name, db_load_avg}]`, `top_hosts: [{id, db_load_avg}]`. Load is in average active sessions; each part may be left out.',
  '- **Kubernetes and Datadog** (JSON): the same list that could stand in the account file.',
  '',
  'A side file that is missing is an error at once. JSON of clusters and Datadog is checked at once as well, the others',
  'when they are first asked for.',
  '',
];

const TROUBLE_WORDS = [
  'An `error`, a `delay`, or both. `AccessDenied`, `ThrottlingException` and `ExpiredToken` become what that service says',
  '(EC2: `UnauthorizedOperation`, `RequestLimitExceeded`, `RequestExpired`); the SDK repeats what is throttled, as it does',
  'on AWS. `PartialData` leaves out half the points of a metric, or has a log query read 1,000 rows only, and says',
  'so. `InternalError` and `ServiceUnavailable` are HTTP 500 and 503; any other code is thrown as it stands.',
  'The same calls in the same order meet the same trouble in every run.',
  '',
  '```yaml',
  'trouble:',
  '  - {service: logs, action: StartQuery, error: AccessDenied}',
  '  - {service: cloudwatch, error: ThrottlingException, rate: 0.3}',
  '  - {service: ec2, action: DescribeInstances, region: us-east-1, delay: 4s}',
  '```',
  '',
];

const FAULT_RULES = [
  'A fault shows wherever a person would see it: status, metrics and the alarms on them, log lines, CloudTrail, AWS',
  'Health, and what depends on the resource, which feels a part of it. The recovery that fits mends it; one that does',
  'not, does not. An instance or a target has to run when its fault comes, else it has none.',
  '',
  'On a kind of resource that is not named with it, a fault changes nothing; `/account` and the standard error of',
  '`aiops ask` say so. Several faults may fall on one account, and on one resource.',
  '',
];

if (import.meta.main) writeFileSync(ACCOUNT_FILE_PAGE, accountFilePage());
