import type { DatabaseSync } from 'node:sqlite';
import type { Failure } from '../contract/failure.ts';
import { type StandingGrant, standingGrant, type TemplateSlot } from '../contract/grant.ts';
import { gravestRisk } from '../contract/risk.ts';
import { appendEntry } from './audit.ts';
import { same, timeProblem } from './grant-check.ts';
import type { ChangeRequest } from './guard.ts';
import { refusal } from './refusal.ts';

type KeptStanding = { grant: StandingGrant; revokedAt: number | null };

function keptFrom(row: Record<string, unknown>): KeptStanding | null {
  const parsed = standingGrant.safeParse(JSON.parse(String(row.body)));
  if (!parsed.success) return null;
  return { grant: parsed.data, revokedAt: row.revoked_at === null ? null : Number(row.revoked_at) };
}

export function findStanding(db: DatabaseSync, id: string): KeptStanding | null {
  const row = db.prepare('SELECT * FROM standing WHERE id = ?').get(id);
  return row ? keptFrom(row) : null;
}

export function allStanding(db: DatabaseSync): (KeptStanding & { used: number })[] {
  const uses = db.prepare('SELECT count(*) AS n FROM standing_uses WHERE standing = ?');
  return db
    .prepare('SELECT * FROM standing ORDER BY received_at, rowid')
    .all()
    .map(keptFrom)
    .filter((kept) => kept !== null)
    .map((kept) => ({ ...kept, used: Number(uses.get(kept.grant.id)?.n ?? 0) }));
}

/** Those for a tool that were not revoked. */
export function standingFor(db: DatabaseSync, tool: string): StandingGrant[] {
  return db
    .prepare('SELECT * FROM standing WHERE tool = ? AND revoked_at IS NULL ORDER BY received_at, rowid')
    .all(tool)
    .map(keptFrom)
    .filter((kept) => kept !== null)
    .map((kept) => kept.grant);
}

/** Keeps one whose signature was checked; why it cannot be kept, or null when it is (or was before). */
export function keepStanding(
  db: DatabaseSync,
  of: StandingGrant,
  session: string,
  now: number,
): Failure | null {
  if (gravestRisk(of.tool) === 'read') return refusal('grant_invalid', `${of.tool} needs no grant.`);
  const known = findStanding(db, of.id);
  if (known?.revokedAt)
    return refusal('grant_revoked', `Standing grant ${of.id} was revoked. Nothing was run.`);
  const ended = timeProblem(of, now, 'The standing grant');
  if (ended) return ended;
  if (known && !same(known.grant, of)) {
    return refusal('grant_invalid', `There is another standing grant with the id ${of.id}. Nothing was run.`);
  }
  if (known) return null;
  db.prepare('INSERT INTO standing VALUES (?, ?, ?, ?, NULL)').run(of.id, of.tool, JSON.stringify(of), now);
  const { signature: _, ...detail } = of;
  appendEntry(db, { now, session, event: 'standing_signed', subject: of.id, detail });
  return null;
}

/** False when there is none by that id, or it was revoked before. */
export function revokeStanding(db: DatabaseSync, id: string, now: number): boolean {
  const { changes } = db
    .prepare('UPDATE standing SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
    .run(now, id);
  return Number(changes) > 0;
}

function templateCovers(
  template: Readonly<Record<string, TemplateSlot>>,
  asked: Record<string, unknown>,
): boolean {
  const names = new Set([...Object.keys(template), ...Object.keys(asked)]);
  return [...names].every((name) => {
    const slot = Object.hasOwn(template, name) ? template[name] : undefined;
    const value = Object.hasOwn(asked, name) ? asked[name] : undefined;
    return slot !== undefined && value !== undefined && slotCovers(slot, value);
  });
}

function slotCovers(slot: TemplateSlot, value: unknown): boolean {
  if ('any' in slot) return typeof value === 'string';
  if ('is' in slot) return same(slot.is, value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return templateCovers(slot.members, value as Record<string, unknown>);
}

/** Whether a standing grant is for this very call: tool, the one target, every argument, the place. */
export function standingCovers(
  of: StandingGrant,
  request: Pick<ChangeRequest, 'change' | 'origin'>,
): boolean {
  const { change, origin } = request;
  return (
    change.risk === 'change' &&
    of.tool === change.tool &&
    change.targets.length === 1 &&
    change.targets[0]?.id === of.target &&
    same(of.backend, origin.backend) &&
    of.account === origin.account &&
    of.region === origin.region &&
    templateCovers(of.template, change.arguments)
  );
}

/** Runs left in the window that ends now. */
export function rateLeft(db: DatabaseSync, of: StandingGrant, now: number): number {
  const since = now - of.rate.seconds * 1_000;
  const row = db
    .prepare('SELECT count(*) AS n FROM standing_uses WHERE standing = ? AND used_at > ?')
    .get(of.id, since);
  return of.rate.count - Number(row?.n ?? 0);
}

export function noteUse(db: DatabaseSync, id: string, now: number, intent: number): void {
  db.prepare('INSERT INTO standing_uses VALUES (?, ?, ?)').run(id, now, intent);
}
