const MOST_CHARACTERS = 2_000;
const MOST_MEMBERS = 200;
const MOST_DEPTH = 8;

/**
 * A value as the audit log may hold it: JSON, and bounded, whatever was sent. Text that is cut says so.
 * It is kept as data; nothing reads it as an instruction.
 */
export function bounded(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
      return value.length > MOST_CHARACTERS
        ? `${value.slice(0, MOST_CHARACTERS)}… (${value.length} characters)`
        : value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return null;
      if (depth >= MOST_DEPTH) return '…';
      return Array.isArray(value) ? boundedList(value, depth) : boundedMembers(value, depth);
    default:
      return value === undefined ? null : String(value);
  }
}

function boundedList(value: unknown[], depth: number): unknown[] {
  const kept = value.slice(0, MOST_MEMBERS).map((member) => bounded(member, depth + 1));
  return value.length > MOST_MEMBERS ? [...kept, `… (${value.length} members)`] : kept;
}

function boundedMembers(value: object, depth: number): Record<string, unknown> {
  const all = Object.entries(value).filter(([, member]) => member !== undefined);
  const kept = all
    .slice(0, MOST_MEMBERS)
    .map(([name, member]) => [String(bounded(name)), bounded(member, depth + 1)]);
  return Object.fromEntries(all.length > MOST_MEMBERS ? [...kept, ['…', `${all.length} members`]] : kept);
}

/** A name as it may stand in a sentence: no control, bidirectional or invisible characters, not too long. */
export function plain(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '');
  return visible.length > 120 ? `${visible.slice(0, 120)}…` : visible;
}
