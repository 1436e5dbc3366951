import type { Account, Place } from './account.ts';
import { type Accounts, accountAt, placesAt } from './accounts.ts';
import type { Budgets, Cloud, DirectoryWish, Listing } from './cloud.ts';
import { type CostCache, createMemoryCostCache } from './cost-cache.ts';
import { DIRECTORY_SOURCES, type DirectorySource, listSource } from './directory.ts';
import { globalRegionOf } from './global-region.ts';
import { joined } from './look.ts';

/** How old a listing may be before names are read anew. */
const LISTING_MS = 60_000;
/** A listing serves every call that waits for it, so it does not end with the call that began it. */
const LISTING_LIMIT_MS = 60_000;

/** Accounts, with what is remembered of them between calls. */
export type OpenCloud = {
  /** The cloud for one call. */
  forCall(call: CallContext): Cloud;
  /** Names are read anew at the next call. */
  forget(account: Account): void;
  accounts: Accounts;
};

type CallContext = {
  signal: AbortSignal;
  progress?: (message: string) => void;
  /** Collects where the call looked. */
  looked?: Set<Place>;
};

/**
 * @param clock milliseconds that only go forward, for the age of what is remembered
 * @param paid what was paid for on AWS; a simulated account's answers, which cost nothing, end with the process
 */
export function openCloud(
  accounts: Accounts,
  clock: () => number,
  budgets: Budgets,
  paid: CostCache = createMemoryCostCache(),
): OpenCloud {
  const unpaid = createMemoryCostCache();
  const listings = new Map<Account, Map<DirectorySource, { at: number; listing: Promise<Listing> }>>();

  async function directory(cloud: Cloud, account: Account, how: DirectoryWish): Promise<Listing> {
    const { kinds, fresh = false } = how;
    const sources = DIRECTORY_SOURCES.filter(({ kind }) => kinds?.includes(kind) ?? true);
    const listed = await Promise.all(
      sources.map((source) => (fresh ? list(cloud, account, source) : remembered(cloud, account, source))),
    );
    const declared = account.declared().filter(({ kind }) => kinds?.includes(kind) ?? true);
    return {
      entries: [...listed.flatMap((listing) => listing.entries), ...declared],
      coverage: joined(...listed.map((listing) => listing.coverage)),
    };
  }

  function remembered(cloud: Cloud, account: Account, source: DirectorySource): Promise<Listing> {
    const ofAccount = listings.get(account) ?? new Map();
    listings.set(account, ofAccount);
    const held = ofAccount.get(source);
    if (held && clock() - held.at < LISTING_MS) return held.listing;
    const listing = list({ ...cloud, signal: AbortSignal.timeout(LISTING_LIMIT_MS) }, account, source);
    ofAccount.set(source, { at: clock(), listing });
    const forget = () => {
      if (ofAccount.get(source)?.listing === listing) ofAccount.delete(source);
    };
    // What could not be seen may be seen the next time; a list that is too long stays too long.
    listing.then((it) => {
      if (it.coverage.gaps.some(({ why }) => why !== 'truncated')) forget();
    }, forget);
    return listing;
  }

  return {
    accounts,
    forget: (account) => {
      listings.delete(account);
    },
    forCall({ signal, progress = () => {}, looked }) {
      const cloud: Cloud = {
        budgets,
        signal,
        progress,
        async places(at) {
          const places = await placesAt(accounts, at);
          for (const place of places.open) looked?.add(place);
          return places;
        },
        account: (at) => accountAt(accounts, at.account),
        async globalPlace(account) {
          const [region = ''] = await account.regions();
          const place = { account, region: globalRegionOf(region) };
          looked?.add(place);
          return place;
        },
        costCache: ({ backend }) => (backend.kind === 'aws' ? paid : unpaid),
        directory: (account, how) => directory(cloud, account, how ?? {}),
      };
      return cloud;
    },
  };
}

async function list(cloud: Cloud, account: Account, source: DirectorySource): Promise<Listing> {
  const regions = await account.regions();
  return listSource(
    cloud,
    source,
    regions.map((region) => ({ account, region })),
  );
}
