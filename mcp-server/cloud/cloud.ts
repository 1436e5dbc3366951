import type { Coverage, Gap } from '../contract/coverage.ts';
import type { DirectoryEntry, ResourceKind } from '../contract/directory.ts';
import type { Account, Place } from './account.ts';
import type { CostCache } from './cost-cache.ts';

/** What is known of an account's resources by name, and what could not be listed. */
export type Listing = { entries: DirectoryEntry[]; coverage: Coverage };

/** Where a call wants to look, as its arguments say it. */
export type Whereabouts = { account?: string | undefined; region?: string | undefined };

/** Where a call looks: at least one place. */
export type Places = {
  open: Place[];
  /** Accounts that could not be opened, when others could. */
  gaps: Gap[];
};

/** `kinds`: what is enough; all kinds when missing. */
export type DirectoryWish = { kinds?: readonly ResourceKind[]; fresh?: boolean };

/** What one call may cost. */
export type Budgets = {
  /** The most bytes a log query may be expected to scan. */
  logScanBytes: number;
};

/** The cloud as one tool call sees it. */
export type Cloud = {
  budgets: Budgets;
  /** Aborted when the caller gave up or the call took too long. Goes to every request. */
  signal: AbortSignal;
  /** Tells whoever waits how far a call that takes long has come. */
  progress(message: string): void;
  /**
   * The account and regions a call means: the current account and all its regions unless it says otherwise.
   * Throws `CallFailure` for an unknown account, a region that cannot be, or when no account can be opened.
   */
  places(at: Whereabouts): Promise<Places>;
  /** The one account a call means. */
  account(at: Whereabouts): Promise<Account>;
  /** Where an account is asked for what has one endpoint for all its regions: costs, AWS Health. */
  globalPlace(account: Account): Promise<Place>;
  /** Answers that were paid for, of this account. */
  costCache(account: Account): CostCache;
  /** Resources by name. At most a minute old, or just listed when `fresh`. */
  directory(account: Account, how?: DirectoryWish): Promise<Listing>;
};
