import type { DirectoryEntry } from '../contract/directory.ts';
import type { Backend } from '../contract/proposal.ts';
import type { Connected, Service } from './services.ts';

/** Who AWS says is calling. */
export type Identity = {
  /** The twelve-digit account number. */
  account: string;
  arn: string;
};

/**
 * `read` repeats after throttling and passing faults; `change` sends once, whatever comes back: a repeat of
 * a change that did arrive would do it twice.
 */
export type Purpose = 'read' | 'change';

/** One AWS account, real or simulated: where calls go and as whom. */
export type Account = {
  /** What the `account` argument of a tool takes. */
  name: string;
  backend: Backend;
  /** The profile to name in an equivalent CLI line. */
  profile: string | null;
  /** The regions looked at when a call names none; the first is the default. Throws `CallFailure` when there is none. */
  regions(): Promise<string[]>;
  /** Every region there is, where that is known: a simulated account's. */
  allRegions?: string[];
  /** Throws the SDK's own error when the credentials do not work. */
  identity(): Promise<Identity>;
  /** What "now" is to the account. */
  now(): Date;
  /** Ids, ARNs or names that the account itself declares protected. */
  protected: string[];
  /** Whether a change outlasts the process: not in a simulated account that keeps nothing. */
  keeps: boolean;
  /** The account number where it is known without asking. */
  number(): string | null;
  /** What a person should know of it: what a simulated account leaves out. */
  notes?(): string[];
  /** Resources of services that are not listed over the wire: a simulated account knows them from its file. */
  declared(): DirectoryEntry[];
  connect<S extends Service>(service: S, region: string, purpose: Purpose): Promise<Connected<S>>;
};

/** One account in one region. */
export type Place = { account: Account; region: string };

/** `cn-north-1` → `aws-cn`: the second part of an ARN. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}
