import type { Account, Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { mentionFailure, pickForChange, placeOf } from '../cloud/resolve.ts';
import { partsOfArn, spelledAlike, spellingsIn } from '../cloud/tags.ts';
import type { Coverage } from '../contract/coverage.ts';
import type { DirectoryEntry } from '../contract/directory.ts';

/** A resource whose tags a call means. `spellings`: names it may be protected by. */
export type Taggable = {
  kind: string;
  id: string;
  name: string;
  arn: string;
  region: string;
  spellings: string[];
};

/**
 * Services whose resources no tool changes, whatever the grant, nor their tags: policies decide by the tags of
 * users and roles too.
 */
const NEVER_CHANGED: readonly string[] = ['iam', 'cloudtrail', 'config'];

/**
 * The resources that a call names, by id, name or ARN, from a fresh listing; an ARN of the account also where
 * its kind is not listed. Throws `CallFailure` for a mention that is not exactly one resource, for one without a
 * known ARN, for resources in more than one region, and for what no tool changes.
 */
export async function findTaggable(
  cloud: Cloud,
  at: Whereabouts,
  mentions: readonly string[],
): Promise<{ place: Place; targets: Taggable[]; population: number }> {
  const account = await cloud.account(at);
  const { entries, coverage } = await cloud.directory(account, { fresh: true });
  const listed = entries.filter(({ kind }) => kind !== 'deployment');
  const here = listed.filter(({ region }) => at.region === undefined || region === at.region);
  const targets: Taggable[] = [];
  for (const mention of mentions) {
    const one = byArn(mention, listed, coverage) ?? pickForChange(mention, here, coverage);
    const { kind, id, name, region } = one;
    const arn = arnOf(one);
    // Of a kind that is not listed nobody knows which part of its ARN is its name.
    const spellings = listed.some((other) => other.arn === arn) ? [id] : spellingsIn(arn);
    const target = { kind, id, name, arn, region, spellings };
    if (!targets.some(({ arn }) => arn === target.arn)) targets.push(target);
  }
  const place = await placeOfAll(cloud, account, targets, at.region);
  refuseForbidden(targets);
  await refuseOthers(place, targets);
  const populations = targets.map(({ kind }) =>
    Math.max(
      listed.filter((one) => one.kind === kind && one.state !== 'terminated').length,
      targets.filter((one) => one.kind === kind).length,
    ),
  );
  return { place, targets, population: Math.min(...populations) };
}

type Named = { kind: string; id: string; name: string; arn?: string | undefined; region: string };

/**
 * What an ARN means, wherever it is: what is listed by it; else what it says itself, which is all there is to know
 * of a resource whose kind is not listed. One that reads like a listed one's is no other resource: throws.
 */
function byArn(mention: string, listed: readonly DirectoryEntry[], coverage: Coverage): Named | null {
  const parts = partsOfArn(mention);
  if (parts === null) return null;
  const known = listed.find(({ arn }) => arn === mention);
  if (known) return known;
  const alike = listed.find(({ arn }) => arn !== undefined && spelledAlike(arn, mention));
  if (alike) throw mentionFailure(mention, { kind: 'close', found: alike }, coverage);
  return { kind: parts.kind, id: parts.id, name: parts.id, arn: mention, region: parts.region };
}

function arnOf({ name, id, arn }: Named): string {
  if (arn !== undefined) return arn;
  throw untouched(
    'rejected',
    `The ARN of ${name} (${id}) is not known, and the tagging API takes nothing else.`,
    {
      hint: 'Name it by its ARN.',
    },
  );
}

async function placeOfAll(
  cloud: Cloud,
  account: Account,
  targets: readonly Taggable[],
  asked: string | undefined,
): Promise<Place> {
  const regions = [...new Set(targets.map(({ region }) => region).filter((region) => region !== ''))];
  if (regions.length > 1) {
    throw untouched('invalid_arguments', `These resources are in ${regions.join(' and ')}.`, {
      hint: 'Split the call: one region at a time.',
    });
  }
  const [region = asked ?? (await account.regions())[0] ?? ''] = regions;
  if (asked !== undefined && region !== asked) {
    throw untouched('invalid_arguments', `${targets[0]?.name} is in ${region}, not in ${asked}.`, {
      hint: 'Leave the region out: an ARN says it.',
    });
  }
  return placeOf(cloud, { account: account.name, region });
}

function refuseForbidden(targets: readonly Taggable[]): void {
  const one = targets.find(({ arn }) => NEVER_CHANGED.includes(partsOfArn(arn)?.service ?? ''));
  if (one === undefined) return;
  throw untouched('forbidden', `${one.arn}: no tool changes IAM, CloudTrail or Config, tags included.`, {
    rule: 'never_changed',
  });
}

/** An ARN names its account: a slip of the pen there must not become a call. */
async function refuseOthers(place: Place, targets: readonly Taggable[]): Promise<void> {
  const owned = targets.filter(({ arn }) => (partsOfArn(arn)?.owner ?? '') !== '');
  if (owned.length === 0) return;
  const number = await place.account.identity().then(
    (identity) => identity.account,
    (error: unknown) => {
      throw asFailure(error, { action: 'sts:GetCallerIdentity', place });
    },
  );
  const other = owned.find(({ arn }) => partsOfArn(arn)?.owner !== number);
  if (other) {
    throw untouched(
      'invalid_arguments',
      `${other.arn} is of another account than ${place.account.name} (${number}).`,
    );
  }
}
