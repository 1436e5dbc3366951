import { code, table } from '../markdown.ts';
import { accountKeys, type Key } from './keys.ts';
import { COMMON_MEANINGS, MEANINGS } from './meanings.ts';

type Section = {
  title: string;
  /** The top-level keys it is about; the tables of all are the same as that of the first. */
  of: readonly string[];
  says: readonly string[];
};

const NOT_YET = 'Read and checked; nothing acts on it yet.';

const SECTIONS: readonly Section[] = [
  { title: 'The account', of: ['account', 'alias', 'regions', 'clock', 'protected'], says: [] },
  {
    title: '`ec2`: instances',
    of: ['ec2'],
    says: ['One without `volumes` has a root volume of a usual size.'],
  },
  {
    title: '`asg`: Auto Scaling groups',
    of: ['asg'],
    says: ['A group that grows launches instances like those it has, and registers them where those are.'],
  },
  { title: '`elb`: load balancers', of: ['elb'], says: [] },
  {
    title: '`lambda`: functions',
    of: ['lambda'],
    says: ['Callers come in by the first alias, or where there is none, to the unpublished version.'],
  },
  { title: '`apis`: API Gateway', of: ['apis'], says: [] },
  { title: '`ecs`: services', of: ['ecs'], says: [] },
  { title: '`rds`: databases', of: ['rds'], says: [] },
  {
    title: '`eks`: Kubernetes clusters',
    of: ['eks'],
    says: [
      'Clusters and workloads are known by name; what else is here is checked, and nothing acts on it yet.',
    ],
  },
  {
    title: '`s3`, `msk`, `emr`, `mwaa`: others',
    of: ['s3', 'msk', 'emr', 'mwaa'],
    says: ['They have names and tags; nothing acts on a `config` yet.'],
  },
  {
    title: '`dependencies`: who calls whom',
    of: ['dependencies'],
    says: ['For the blast radius of a change, and for who feels a fault. Targets and groups need none.'],
  },
  { title: '`changes`: what CloudTrail has', of: ['changes'], says: [] },
  {
    title: '`metrics`',
    of: ['metrics'],
    says: [
      'A fault shows in those that are here, and brings along the series it needs. Declare what should be seen in',
      'good times.',
    ],
  },
  { title: '`alarms`', of: ['alarms'], says: ['Without `metric` or `threshold` it stays as it is.'] },
  {
    title: '`logs`',
    of: ['logs'],
    says: [
      'A fault writes to the group that goes by the resource’s name (`/shop/web` for `web-1`, or a stream of that name),',
      'else where AWS’s agents would: `/aws/lambda/<name>`, `/ecs/<service>`, `/var/log/messages`,',
      '`/aws/rds/instance/<id>/postgresql`.',
    ],
  },
  {
    title: '`costs`: the bill',
    of: ['costs'],
    says: ['Without it, Cost Explorer answers that it was never enabled.'],
  },
  { title: '`health`: AWS Health', of: ['health'], says: [] },
  { title: '`datadog`, `baselines`', of: ['datadog', 'baselines'], says: [NOT_YET] },
];

/** These have pages of their own further down. */
const ELSEWHERE = ['trouble', 'faults'] as const;

/**
 * A section for each part of the file.
 *
 * @throws Error for a key that nothing is said of, and for words about what is no key
 */
export function keySections(): string[] {
  const keys = accountKeys();
  checkMeanings(keys);
  return SECTIONS.flatMap(({ title, of, says }) => [
    `### ${title}`,
    '',
    ...(says.length === 0 ? [] : [...says, '']),
    ...table(TITLES, rowsOf(keys, shownOf(keys, of))),
    '',
  ]);
}

/** The table of one part, for the sections that say more of it. */
export function keyTable(part: (typeof ELSEWHERE)[number]): string[] {
  return table(TITLES, rowsOf(accountKeys(), [part]));
}

const TITLES = ['key', 'type', 'default', 'meaning'];

/** Parts with the same keys are shown once. */
function shownOf(keys: readonly Key[], parts: readonly string[]): readonly string[] {
  const shapes = parts.map((part) => JSON.stringify(rowsOf(keys, [part])));
  return parts.filter((_, index) => shapes.indexOf(shapes[index] ?? '') === index);
}

function rowsOf(keys: readonly Key[], parts: readonly string[]): string[][] {
  return keys
    .filter(({ path }) => parts.includes(partOf(path)) && !hasOwnKeys(path, keys))
    .map(({ path, type, required, default: usual }) => [
      code(parts.length === 1 ? path.replace(/^\w+(\[\])?\./, '') : path),
      type,
      required ? 'required' : usual === '' ? '' : code(usual),
      meaningOf(path) ?? '',
    ]);
}

function partOf(path: string): string {
  return /^\w+/.exec(path)?.[0] ?? '';
}

/** Then its own keys say it, unless there is more to say. */
function hasOwnKeys(path: string, keys: readonly Key[]): boolean {
  const own = keys.some((one) => one.path.startsWith(`${path}.`) || one.path.startsWith(`${path}[].`));
  return own && MEANINGS[path] === undefined;
}

function meaningOf(path: string): string | undefined {
  const own = MEANINGS[path.replace(/^(msk|emr|mwaa)\b/, 's3')];
  return own ?? COMMON_MEANINGS[path.slice(path.lastIndexOf('.') + 1)];
}

function checkMeanings(keys: readonly Key[]): void {
  const missing = keys.filter(({ path }) => meaningOf(path) === undefined && !hasOwnKeys(path, keys));
  const stray = Object.keys(MEANINGS).filter((path) => !keys.some((one) => one.path === path));
  const shown = [...SECTIONS.flatMap(({ of }) => of), ...ELSEWHERE];
  const unseen = keys.filter(({ path }) => !shown.includes(partOf(path)));
  const problems = [
    ...missing.map(({ path }) => `nothing is said of ${path}`),
    ...stray.map((path) => `${path} is no key of the account file`),
    ...unseen.map(({ path }) => `${path} is in no section`),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
