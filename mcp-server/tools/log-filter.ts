/** Characters that mean something in a regular expression, and the slash that ends one. */
const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
const PARTS = /"([^"]+)"|(\S+)/g;

/** The words of a filter: `error "connection refused"` → `error`, `connection refused`. */
export function filterWords(filter: string): string[] {
  return [...filter.matchAll(PARTS)].map(([, quoted, bare]) => (quoted ?? bare ?? '').trim()).filter(Boolean);
}

/**
 * Words as a Logs Insights query for the newest events that have all of them, in any case. Whatever is in a
 * word stands for itself. `chars` tells how long a message is before Insights cuts it.
 */
export function queryOfFilter(filter: string | undefined, limit: number): string {
  const conditions = filterWords(filter ?? '').map((word) => `@message like /(?i)${literal(word)}/`);
  return [
    'fields @timestamp, @message, @logStream, strlen(@message) as chars',
    ...(conditions.length > 0 ? [`filter ${conditions.join(' and ')}`] : []),
    'sort @timestamp desc',
    `limit ${limit}`,
  ].join(' | ');
}

/** A word in a regular expression that means just it; white space, a line's end too, as any white space. */
function literal(word: string): string {
  return word.replace(SPECIAL, '\\$&').replace(/\s+/g, '\\s+');
}
