/** What a query means, as far as its text says. Offsets are characters from 0. */

/** Missing fields are null. Points in time are epoch milliseconds. */
export type Value = string | number | boolean | null;

export type Expression =
  | { kind: 'literal'; value: Value }
  /** `5m`: milliseconds where its length is fixed, else a calendar unit. */
  | { kind: 'period'; period: Period }
  | { kind: 'field'; name: string }
  | { kind: 'call'; name: string; args: Expression[]; text: string; start: number; end: number }
  | { kind: 'not'; of: Expression }
  | { kind: 'negative'; of: Expression }
  | { kind: 'arithmetic'; operator: '+' | '-' | '*' | '/' | '%' | '^'; left: Expression; right: Expression }
  | { kind: 'compare'; operator: '=' | '!=' | '<' | '<=' | '>' | '>='; left: Expression; right: Expression }
  | { kind: 'both' | 'either'; left: Expression; right: Expression }
  | { kind: 'matches'; of: Expression; pattern: Pattern }
  | { kind: 'among'; of: Expression; values: Expression[] };

export type Pattern = { kind: 'text'; text: string } | { kind: 'regex'; regex: RegExp };

export type Period = { kind: 'fixed'; ms: number } | { kind: 'months'; count: number };

/** An expression under the name its column has. */
export type Named = { expression: Expression; name: string };

export type ParsePattern =
  /** The texts around the wildcards: one more than there are names. */
  { kind: 'glob'; around: string[]; names: string[] } | { kind: 'regex'; regex: RegExp; names: string[] };

export type Command =
  | { kind: 'fields'; items: Named[] }
  | { kind: 'display'; items: Named[] }
  | { kind: 'filter'; condition: Expression }
  | { kind: 'parse'; of: Expression; pattern: ParsePattern }
  | { kind: 'stats'; aggregates: Named[]; by: Named[] }
  | { kind: 'sort'; keys: { expression: Expression; descending: boolean }[] }
  | { kind: 'limit'; count: number }
  | { kind: 'dedup'; by: Named[] };
