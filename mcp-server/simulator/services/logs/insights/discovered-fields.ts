import type { Value } from './syntax.ts';

/** As many fields as Logs Insights takes from one JSON event. */
const MOST = 200;
const DEEPEST = 20;

/**
 * The fields Logs Insights finds in a message by itself: of its JSON (with dots between the levels), and of the
 * lines that Lambda writes around an invocation. Null when there are none.
 * Source: CloudWatch Logs user guide, "Supported logs and discovered fields".
 */
export function discoverFields(message: string): ReadonlyMap<string, Value> | null {
  const begin = message.indexOf('{');
  if (begin !== -1) {
    const found = ofJson(message.slice(begin, message.lastIndexOf('}') + 1));
    if (found !== null) return found;
  }
  return message.includes('RequestId: ') ? ofInvocation(message) : null;
}

function ofJson(text: string): Map<string, Value> | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Braces that are no JSON: most lines that have any.
    return null;
  }
  const found = new Map<string, Value>();
  flatten(parsed, '', 0, found);
  return found;
}

function flatten(value: unknown, name: string, depth: number, into: Map<string, Value>): void {
  if (into.size >= MOST || depth > DEEPEST) return;
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      flatten(member, name === '' ? key : `${name}.${key}`, depth + 1, into);
    }
    return;
  }
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (plain && name !== '') into.set(name, value);
}

const INVOCATION = /^(START|END|REPORT) RequestId: (\S+)/;
const FIGURES: readonly (readonly [field: string, pattern: RegExp])[] = [
  ['@duration', /\bDuration: ([\d.]+) ms/],
  ['@billedDuration', /\bBilled Duration: ([\d.]+) ms/],
  ['@initDuration', /\bInit Duration: ([\d.]+) ms/],
  ['@memorySize', /\bMemory Size: (\d+) MB/],
  ['@maxMemoryUsed', /\bMax Memory Used: (\d+) MB/],
];
/** Memory is given in megabytes and kept in bytes. */
const BYTES_IN_MB = 1_000_000;

function ofInvocation(message: string): Map<string, Value> | null {
  const [, type = '', id = ''] = INVOCATION.exec(message) ?? [];
  if (type === '') return null;
  const found = new Map<string, Value>([
    ['@type', type],
    ['@requestId', id],
  ]);
  // "Billed Duration" has "Duration" in it, so that the bare one is looked for behind the id.
  const rest = message.slice(message.indexOf(id) + id.length).trimStart();
  for (const [field, pattern] of FIGURES) {
    const figure = pattern.exec(
      field === '@duration' ? rest.replace(/(Billed|Init) Duration/g, '') : rest,
    )?.[1];
    if (figure !== undefined) {
      found.set(field, Number(figure) * (field.includes('emory') ? BYTES_IN_MB : 1));
    }
  }
  return found;
}
