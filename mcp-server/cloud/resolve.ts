import type { Coverage } from '../contract/coverage.ts';
import type { DirectoryEntry, ResourceKind } from '../contract/directory.ts';
import type { Candidate } from '../contract/failure.ts';
import type { Place } from './account.ts';
import { type CallFailure, untouched } from './call-failure.ts';
import type { Cloud, Whereabouts } from './cloud.ts';
import { type Match, matchName, type Named } from './name-matching.ts';

export type Resolved<T> = { found: T; matched: 'exact' | 'close' };

/** What a mention is resolved among: anything that can be named and shown as a candidate. */
export type Nameable = Named & {
  kind: string;
  account: string;
  region: string;
  state?: string | undefined;
};

/** For a read: what is named, or the one that comes close. Throws `CallFailure` otherwise. */
export function pickForRead<T extends Nameable>(
  mention: string,
  among: readonly T[],
  unseen: Coverage,
): Resolved<T> {
  const match = matchName(mention, living(mention, among));
  if (match.kind === 'exact' || match.kind === 'close') return { found: match.found, matched: match.kind };
  throw mentionFailure(mention, match, unseen);
}

/** For a change: exactly what is named. Anything else ends the call with the candidates. */
export function pickForChange<T extends Nameable>(mention: string, among: readonly T[], unseen: Coverage): T {
  const match = matchName(mention, living(mention, among));
  if (match.kind === 'exact') return match.found;
  throw mentionFailure(mention, match, unseen);
}

/** A terminated instance keeps its name for an hour; only its id still means it. */
function living<T extends Nameable>(mention: string, among: readonly T[]): T[] {
  return among.filter(
    (it) => it.state !== 'terminated' || it.id === mention.trim() || it.arn === mention.trim(),
  );
}

export function mentionFailure<T extends Nameable>(
  mention: string,
  match: Exclude<Match<T>, { kind: 'exact' }>,
  unseen: Coverage,
): CallFailure {
  const blind = unseen.gaps[0]?.detail;
  const more = blind ? { hint: `Not everything could be listed: ${blind}` } : {};
  const said = JSON.stringify(mention);
  switch (match.kind) {
    case 'close':
      return untouched(
        'close_match',
        `There is no ${said}; did you mean ${match.found.name} (${match.found.id})?`,
        {
          mention,
          candidates: [candidateOf(match.found)],
          ...more,
        },
      );
    case 'ambiguous':
      return untouched(
        'ambiguous',
        `${said} could be ${match.nearest.length} resources: ${listed(match.nearest)}.`,
        {
          mention,
          candidates: match.nearest.map(candidateOf),
          ...more,
        },
      );
    case 'unknown': {
      const near = match.nearest.length > 0 ? ` Nearest: ${listed(match.nearest)}.` : '';
      return untouched('not_found', `There is no ${said}.${near}`, {
        mention,
        candidates: match.nearest.map(candidateOf),
        ...more,
      });
    }
  }
}

function listed(all: Nameable[]): string {
  const shown = all.slice(0, 5).map((it) => (it.name === it.id ? it.id : `${it.name} (${it.id})`));
  return all.length > 5 ? `${shown.join(', ')} and ${all.length - 5} more` : shown.join(', ');
}

function candidateOf({ id, name, kind, state, account, region }: Nameable): Candidate {
  return { id, name, kind, ...(state ? { state } : {}), account, region };
}

/**
 * A resource for a read, from the directory. One that the last listing does not have is looked for in a new
 * one before it is called unknown.
 *
 * @param kinds what may be meant; all kinds when null
 */
export async function resolveInDirectory(
  cloud: Cloud,
  mention: string,
  at: Whereabouts,
  kinds: readonly ResourceKind[] | null,
): Promise<Resolved<DirectoryEntry>> {
  const account = await cloud.account(at);
  const fits = (entry: DirectoryEntry) =>
    (kinds === null || kinds.includes(entry.kind)) && (at.region === undefined || entry.region === at.region);
  const wish = kinds === null ? {} : { kinds };
  const known = await cloud.directory(account, wish);
  const match = matchName(mention, living(mention, known.entries.filter(fits)));
  if (match.kind === 'exact') return { found: match.found, matched: 'exact' };
  const fresh = await cloud.directory(account, { ...wish, fresh: true });
  return pickForRead(mention, fresh.entries.filter(fits), fresh.coverage);
}

/** The account and region a resource is in. */
export async function placeOf(
  cloud: Cloud,
  { account, region }: { account: string; region: string },
): Promise<Place> {
  const [place] = await cloud.places({ account, region });
  if (!place) throw untouched('not_configured', `The account ${account} has no region.`);
  return place;
}
