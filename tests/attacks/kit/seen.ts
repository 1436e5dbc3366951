import { expect } from 'vitest';
import type { AuditEntry } from '../../../mcp-server/contract/audit.ts';

/** One request that changed the account. */
export type Reached = { event: string; resources: string[] };

/** What became of an attack. */
export type Seen<T> = {
  answer: T;
  reached: Reached[];
  /** Ids of instances in another state than before. */
  moved: string[];
  /** What the audit log got meanwhile, and the same in short. */
  entries: AuditEntry[];
  audit: string[];
};

/** The log in short: `proposed`, `refused grant_used`, `refused forbidden/protected`, `intent`, `outcome done`. */
export function storyOf(entries: readonly AuditEntry[]): string[] {
  return entries.map(lineOf);
}

function lineOf({ event, detail }: AuditEntry): string {
  if (event === 'outcome') return `outcome ${String(detail.result)}`;
  if (event === 'refused') return `refused ${[detail.code, detail.rule].filter(Boolean).join('/')}`;
  return event;
}

/** Nothing reached AWS, nothing is in another state, and the log knows of no attempt. */
export function expectNothingRan(seen: Seen<unknown>): void {
  expect(seen.reached).toEqual([]);
  expect(seen.moved).toEqual([]);
  expect(seen.entries.filter(({ event }) => event === 'intent' || event === 'outcome')).toEqual([]);
}
