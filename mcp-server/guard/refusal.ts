import type { DatabaseSync } from 'node:sqlite';
import type { Failure, FailureCode } from '../contract/failure.ts';
import type { Proposal } from '../contract/proposal.ts';
import { appendRefusal } from './audit.ts';
import type { Origin } from './guard.ts';
import { plain } from './outside-text.ts';

export function refusal(code: FailureCode, message: string, more: Partial<Failure> = {}): Failure {
  return { code, message, nothing_changed: true, ...more };
}

/** What was tried, as the audit log keeps it beside the refusal's code. */
export type Tried = {
  origin: Origin;
  tool: string;
  arguments: Record<string, unknown>;
  targets: string[];
  /** The proposal or standing grant that was held up for it. */
  subject: string | null;
  step?: number;
};

export function auditRefusal(db: DatabaseSync, now: number, tried: Tried, failure: Failure): void {
  const { session, backend, identity, account, region } = tried.origin;
  appendRefusal(db, {
    now,
    session,
    subject: tried.subject,
    detail: {
      code: failure.code,
      rule: failure.rule,
      reason: failure.message,
      tool: tried.tool,
      arguments: tried.arguments,
      targets: tried.targets,
      step: tried.step,
      identity,
      account,
      region,
      backend,
    },
  });
}

/** "stop_instances on web-1 (i-0abc)", for a sentence. */
export function changeInWords(change: { tool: string; targets: { id: string; name: string }[] }): string {
  const named = change.targets.map(({ id, name }) =>
    name === id ? plain(id) : `${plain(name)} (${plain(id)})`,
  );
  const shown = named.slice(0, 5).join(', ');
  return `${plain(change.tool)} on ${named.length > 5 ? `${shown} and ${named.length - 5} more` : shown}`;
}

function inMinutes(from: number, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - from) / 1_000));
  return seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
}

/** How a person approves, for whoever reads the failure. */
export function approveHint(of: Proposal, now: number): string {
  return `A person approves it with \`aiops approve ${of.id}\` in a terminal within ${inMinutes(now, of.expires_at)}; then send the same call again.`;
}
