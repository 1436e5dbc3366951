import { accountDocument } from '../../mcp-server/simulator/format/account.ts';
import { file, region } from '../../mcp-server/simulator/format/fields.ts';
import { duration, instant, moment } from '../../mcp-server/simulator/format/times.ts';
import { type Part, schemaPart, typeOf } from '../json-type.ts';

/** A key of the account file, as the schema the reader checks with has it. */
export type Key = {
  /** `ec2[].volumes[].size_gb`. */
  path: string;
  type: string;
  required: boolean;
  /** As YAML has it; empty where there is none. */
  default: string;
};

/** What is more than a text: the page says how each is written. */
const NAMED: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [moment, 'moment'],
  [instant, 'time'],
  [duration, 'duration'],
  [region, 'region'],
  [file, 'file'],
]);

/** Every key the reader accepts, in the order of the schema; lists of objects are followed by their own keys. */
export function accountKeys(): Key[] {
  return keysUnder(schemaPart(accountDocument, NAMED), '');
}

function keysUnder({ properties = {}, required }: Part, prefix: string): Key[] {
  return Object.entries(properties).flatMap(([name, one]) => {
    const path = `${prefix}${name}`;
    const key = {
      path,
      type: shortType(one),
      required: required.includes(name),
      default: defaultOf(one),
    };
    return [key, ...membersOf(one).flatMap(({ suffix, of }) => keysUnder(of, `${path}${suffix}.`))];
  });
}

/** The objects a key holds: itself, or the items of its list; of a list or a file, the list's. */
function membersOf(one: Part): { suffix: string; of: Part }[] {
  const forms = one.anyOf ?? [one];
  const items = forms.find(({ items }) => items?.properties !== undefined)?.items;
  if (items !== undefined) return [{ suffix: '[]', of: items }];
  const object = forms.find(({ properties }) => properties !== undefined);
  return object === undefined ? [] : [{ suffix: '', of: object }];
}

/** Longer lists of words stand elsewhere on the page. */
const MOST_WORDS = 10;

function shortType(one: Part): string {
  if (one.enum !== undefined && one.enum.length > MOST_WORDS) return 'one of those below';
  const forms = one.anyOf ?? [one];
  if (forms.some(isFileReference)) {
    return forms.map((form) => (isFileReference(form) ? '`{file: x.json}`' : shortType(form))).join(' or ');
  }
  if (one.type === 'array' && one.items?.type === 'object') return 'list';
  return typeOf(one).replaceAll('object', 'map');
}

function isFileReference({ properties }: Part): boolean {
  return properties !== undefined && Object.keys(properties).join() === 'file';
}

function defaultOf({ default: value }: Part): string {
  if (value === undefined || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)) return '';
  return JSON.stringify(value).replaceAll('"', '');
}
