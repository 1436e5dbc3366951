import type { Coverage } from '../contract/coverage.ts';
import type { DirectoryEntry, ResourceKind } from '../contract/directory.ts';
import type { Candidate } from '../contract/failure.ts';
import type { Place } from './account.ts';
import { type CallFailure, untouched } from './call-failure.ts';
import type { Cloud, Whereabouts } from './cloud.ts';
import { createNameIndex, type Match, type Named } from './name-matching.ts';

export type Resolved<T> = { found: T; matched: 'exact' | 'close' };

/** What a mention is resolved among: anything that can be named and shown as a candidate. */
type Nameable = Named & {
  kind: string;
  account: string;
  region: string;
  state?: string | undefined;
};

/** For a change: exactly what is named. Anything else ends the call with the candidates. */
export function pickForChange<T extends Nameable>(mention: string, among: readonly T[], unseen: Coverage): T {
  const match = createNameIndex(among, isGone)(mention);
  if (match.kind === 'exact') return match.found;
  throw mentionFailure(mention, match, unseen);
}

/** A terminated instance keeps its name for an hour; only its id still means it. */
function isGone({ state }: Nameable): boolean {
  return state === 'terminated';
}

export function mentionFailure<T extends Nameable>(
  mention: string,
  match: Exclude<Match<T>, { kind: 'exact' }>,
  unseen: Coverage,
): CallFailure {
  const blind = unseen.gaps[0]?.detail;
  const more = blind ? { hint: `Not everything could be listed: ${blind}`, unseen: unseen.gaps } : {};
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

/** Finds a resource for a read; `kinds`: what may be meant, anything when null. Throws `CallFailure`. */
export type Resolver = (
  mention: string,
  at: Whereabouts,
  kinds: readonly ResourceKind[] | null,
) => Promise<Resolved<DirectoryEntry>>;

type Names = { match: (mention: string) => Match<DirectoryEntry>; coverage: Coverage };

/**
 * A resolver for one call. A name that the last listing does not have is looked for in a new one before it is
 * called unknown; the new one is made once, however many names are missing.
 *
 * @param near false for a call that names thousands: a program's names are right or wrong, not close
 */
export function createResolver(cloud: Cloud, near = true): Resolver {
  const made = new Map<string, Promise<Names>>();

  function names(at: Whereabouts, kinds: readonly ResourceKind[] | null, fresh: boolean): Promise<Names> {
    const key = JSON.stringify([at.account, at.region, kinds, fresh]);
    const before = made.get(key);
    if (before) return before;
    const now = read(at, kinds, fresh);
    made.set(key, now);
    return now;
  }
  async function read(
    at: Whereabouts,
    kinds: readonly ResourceKind[] | null,
    fresh: boolean,
  ): Promise<Names> {
    const account = await cloud.account(at);
    const { entries, coverage } = await cloud.directory(account, {
      fresh,
      ...(kinds === null ? {} : { kinds }),
    });
    const here = entries.filter((entry) => at.region === undefined || entry.region === at.region);
    return { match: createNameIndex(here, isGone, near), coverage };
  }

  return async (mention, at, kinds) => {
    const known = (await names(at, kinds, false)).match(mention);
    if (known.kind === 'exact') return { found: known.found, matched: 'exact' };
    const { match, coverage } = await names(at, kinds, true);
    const found = match(mention);
    if (found.kind === 'exact' || found.kind === 'close') return { found: found.found, matched: found.kind };
    throw mentionFailure(mention, found, coverage);
  };
}

/** One resource for a read, as `createResolver` finds it. */
export function resolveInDirectory(
  cloud: Cloud,
  mention: string,
  at: Whereabouts,
  kinds: readonly ResourceKind[] | null,
): Promise<Resolved<DirectoryEntry>> {
  return createResolver(cloud)(mention, at, kinds);
}

/** The account and region a resource is in. */
export async function placeOf(
  cloud: Cloud,
  { account, region }: { account: string; region: string },
): Promise<Place> {
  const { open } = await cloud.places({ account, region });
  const [place] = open;
  if (!place) throw untouched('not_configured', `The account ${account} has no region.`);
  return place;
}
