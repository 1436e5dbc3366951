import type { Account, Place } from '../cloud/account.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import { lookBeside, lookEverywhere } from '../cloud/look.ts';
import type { Coverage, Gap } from '../contract/coverage.ts';

/** Resources of one kind: those a change's names are looked for among, and all the account holds. */
export type Survey<T> = {
  account: Account;
  /** In the regions that the call means: the one it names, else all. */
  named: T[];
  /** What could be seen of those regions. */
  coverage: Coverage;
  /** In every region that is looked at in the account, wherever the call looks. */
  everywhere: T[];
  gaps: Gap[];
};

/**
 * Lists a kind of resource for a change. A call that names its region means what is there, and still is judged
 * by all that the account holds: proposed without a region, a call comes back with one. Throws `CallFailure`
 * when nothing can be seen where the call looks; what cannot be seen elsewhere is a gap.
 */
export async function surveyAccount<T>(
  cloud: Cloud,
  at: Whereabouts,
  about: { what: string; action: string },
  read: (place: Place) => Promise<T[]>,
): Promise<Survey<T>> {
  const account = await cloud.account(at);
  const places = await cloud.places({ ...at, account: account.name });
  const known = await cloud.places({ account: account.name });
  const others = known.open.filter(({ region }) => !places.open.some((place) => place.region === region));
  const [{ found, coverage }, ...beyond] = await Promise.all([
    lookEverywhere(cloud, places, about, read),
    ...others.map((place) => lookBeside(cloud, place, about, () => read(place))),
  ]);
  const named = found.flatMap(({ value }) => value);
  return {
    account,
    named,
    coverage,
    everywhere: [...named, ...beyond.flatMap(({ value }) => value ?? [])],
    gaps: [...coverage.gaps, ...beyond.flatMap((look) => look.coverage.gaps)],
  };
}
