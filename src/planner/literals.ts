import type { DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import type { DirectoryIndex } from './directory-index.ts';
import { type Item, newItem, type Value } from './items.ts';
import { isLatin, startsWord } from './lexicon.ts';
import { foldId } from './normalise.ts';

const MINUTE = 60_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: MINUTE,
  min: MINUTE,
  mins: MINUTE,
  h: 60 * MINUTE,
  hr: 60 * MINUTE,
  hrs: 60 * MINUTE,
  d: 1440 * MINUTE,
  w: 7 * 1440 * MINUTE,
};
const UNIT_MB: Readonly<Record<string, number>> = {
  mb: 1,
  mib: 1,
  g: 1024,
  gb: 1024,
  gib: 1024,
  tb: 1024 * 1024,
  tib: 1024 * 1024,
};

type Pattern = { regex: RegExp; value: (found: RegExpExecArray) => Value | null };

const num = (text: string | undefined): number => Number(text ?? Number.NaN);

/** Shapes that are read before any word, each anchored where reading stands. */
const PATTERNS: readonly Pattern[] = [
  {
    regex: /(\d{4})-(\d{2})-(\d{2})t(\d{2}:\d{2}(?::\d{2})?)(z|[+-]\d{2}:?\d{2})?/uy,
    value: (f) => ({ type: 'instant', iso: `${f[1]}-${f[2]}-${f[3]}T${f[4]}${(f[5] ?? 'z').toUpperCase()}` }),
  },
  {
    regex: /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d.])/uy,
    value: (f) => ({ type: 'date', year: num(f[1]), month: num(f[2]), day: num(f[3]) }),
  },
  { regex: /(\d{1,2}):(\d{2})(?!\d)/uy, value: (f) => clock(num(f[1]), num(f[2]), '') },
  {
    regex: /(\d{1,2})(?::(\d{2}))? ?(am|pm)(?![a-z])/uy,
    value: (f) => clock(num(f[1]), num(f[2] ?? '0'), f[3] ?? ''),
  },
  {
    regex:
      /(?:db\.)?[a-z][a-z0-9-]{0,7}\.(?:nano|micro|small|medium|large|\d{0,2}xlarge|metal)(?:-[a-z0-9]+)*/uy,
    value: (f) => ({ type: 'instance_type', text: f[0] }),
  },
  {
    regex: /(\d+(?:\.\d+)?) ?(mb|mib|gb|gib|tb|tib)(?![a-z0-9])/uy,
    value: (f) => size(num(f[1]), f[2] ?? ''),
  },
  { regex: /(\d+)(g)(?![a-z0-9])/uy, value: (f) => size(num(f[1]), f[2] ?? '') },
  {
    regex: /(\d+)h(\d+)m(?![a-z0-9])/uy,
    value: (f) => ({ type: 'duration', ms: (num(f[1]) * 60 + num(f[2])) * MINUTE }),
  },
  {
    regex: /(\d+)m(\d+)s(?![a-z0-9])/uy,
    value: (f) => ({ type: 'duration', ms: num(f[1]) * MINUTE + num(f[2]) * 1000 }),
  },
  {
    regex: /(\d+(?:\.\d+)?)(s|m|mins?|hrs?|h|d|w)(?![a-z0-9])/uy,
    value: (f) => ({ type: 'duration', ms: num(f[1]) * (UNIT_MS[f[2] ?? ''] ?? Number.NaN) }),
  },
  { regex: /(\d+(?:\.\d+)?) ?%/uy, value: (f) => ({ type: 'percent', value: num(f[1]) }) },
  {
    regex:
      /([a-z]{2}-(?:[a-z]{3,5}-)?(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d)([a-z]?)(?![a-z0-9_-])/uy,
    value: (f) => ({ type: f[2] === '' ? 'region' : 'zone', text: f[0] }),
  },
  { regex: /\/[a-z0-9_][a-z0-9_./#-]*[a-z0-9_]/uy, value: (f) => ({ type: 'log_group', text: f[0] }) },
  {
    regex: /([a-z][a-z0-9_-]{0,40})[=](["']?)([a-z0-9_./:+@-]*[a-z0-9_])\2/uy,
    value: (f) => ({ type: 'tag', key: f[1] ?? '', value: f[3] ?? '' }),
  },
  {
    regex: /\d+(?:\.\d+)?(?![a-z0-9]|[-_][a-z]|\.\d)/uy,
    value: (f) => ({ type: 'number', value: num(f[0]) }),
  },
];

const IDENTIFIER =
  /(?:arn:[a-z0-9-]*:[^\s,;"']+|(?:i|vol|sg|vpc|subnet|ami|snap|eni|rtb|igw|nat)-[0-9a-f]{6,17}(?![a-z0-9-]))/uy;

/** A figure, a time, an id, a path: what is recognised by its shape alone. */
export function literalAt(text: string, at: number, index: DirectoryIndex): Item | null {
  if (!startsWord(text, at) || (!isLatin(text[at]) && text[at] !== '/')) return null;
  const id = identifierAt(text, at, index);
  if (id !== null) return id;
  for (const { regex, value } of PATTERNS) {
    regex.lastIndex = at;
    const found = regex.exec(text);
    if (found === null) continue;
    const made = value(found);
    if (made !== null) return { ...newItem(at, at + found[0].length, found[0]), value: made };
  }
  return null;
}

function identifierAt(text: string, at: number, index: DirectoryIndex): Item | null {
  IDENTIFIER.lastIndex = at;
  const found = IDENTIFIER.exec(text)?.[0].replace(/[.,:;]+$/u, '');
  if (found === undefined) return null;
  const item = newItem(at, at + found.length, found);
  if (/^vol-[0-9a-f]{8,17}$/u.test(found)) return { ...item, value: { type: 'volume', text: found } };
  const entries = index.byId.get(foldId(found)) ?? byArn(found, index) ?? unlisted(found, index);
  return entries === undefined ? { ...item, unknown: true } : { ...item, names: entries };
}

const INSTANCE_ARN = /^arn:[a-z0-9-]*:ec2:([a-z0-9-]+):(\d{12}):instance\/(i-[0-9a-f]{8,17})$/u;
const INSTANCE_ID = /^i-[0-9a-f]{8,17}$/u;

/**
 * A full instance id or ARN that an incomplete directory does not know: it may be where nobody could look, and
 * the server resolves it itself.
 */
function unlisted(found: string, index: DirectoryIndex): DirectoryEntry[] | undefined {
  if (index.directory.complete) return undefined;
  const [, region = '', account = '', id = ''] = INSTANCE_ARN.exec(found) ?? [];
  if (id === '' && !INSTANCE_ID.test(found)) return undefined;
  return [{ kind: 'instance', id: found, name: found, account, region }];
}

/** An ARN the directory does not spell out, by the id it ends with, when account and region are the same. */
function byArn(arn: string, index: DirectoryIndex): DirectoryEntry[] | undefined {
  const [, , , region = '', account = '', ...resource] = arn.split(':');
  const id = resource.join(':').split(/[/:]/u).at(-1);
  if (id === undefined) return undefined;
  const found = index.byId
    .get(id)
    ?.filter((entry) => entry.account === account && (region === '' || entry.region === region));
  return found?.length === 1 ? found : undefined;
}

function clock(hour: number, minute: number, half: string): Value | null {
  if (hour > 24 || minute > 59) return null;
  const hours = half === 'pm' && hour < 12 ? hour + 12 : half === 'am' && hour === 12 ? 0 : hour;
  return { type: 'clock', hour: hours, minute };
}

function size(amount: number, unit: string): Value {
  return { type: 'size', megabytes: amount * (UNIT_MB[unit] ?? Number.NaN) };
}
