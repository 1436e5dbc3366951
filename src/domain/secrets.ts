/** What is masked where text leaves the machine's own keeping, by what it looks like. The kind stands in its place. */
const SECRETS: readonly { kind: string; pattern: RegExp }[] = [
  {
    kind: 'private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  { kind: 'access key id', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  {
    kind: 'secret',
    pattern:
      /(?<=\b(?:aws_)?(?:secret(?:_?access_?key)?|session_?token|passw(?:or)?d|api_?key|auth_?token)["']?\s{0,3}[=:]\s{0,3}["']?)[^\s"',;&]{6,}/gi,
  },
  { kind: 'token', pattern: /(?<=\bBearer\s{1,3})[A-Za-z0-9._~+/=-]{16,}/gi },
  { kind: 'token', pattern: /\bgh[pousr]_[A-Za-z0-9]{30,}\b/g },
  { kind: 'token', pattern: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g },
];

type Masked<Value> = { value: Value; count: number };

/** The same value with what looks like a secret in its texts masked, and how many were. */
export function maskSecrets<Value>(value: Value): Masked<Value> {
  let count = 0;
  const masked = (text: string) =>
    SECRETS.reduce(
      (rest, { kind, pattern }) =>
        rest.replace(pattern, () => {
          count += 1;
          return `[masked: ${kind}]`;
        }),
      text,
    );
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return masked(part);
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, member]) => [key, walk(member)]));
  };
  // Only texts change, and a text stays a text.
  return { value: walk(value) as Value, count };
}
