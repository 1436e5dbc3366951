import { createHash } from 'node:crypto';

/**
 * One spelling for a JSON value, so that a digest means the same on both sides: object keys sorted by code
 * unit, `undefined` members left out, numbers and strings as JSON.stringify writes them (RFC 8785 in the
 * subset used here: finite numbers, no lone surrogates). Throws TypeError on what JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonical JSON holds finite numbers only');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
}

/** SHA-256 over a purpose and the canonical JSON, as lower-case hex. The purpose keeps digests of different things apart. */
export function digestOf(purpose: string, value: unknown): string {
  return createHash('sha256')
    .update(`${purpose}\n${canonicalJson(value)}`)
    .digest('hex');
}
