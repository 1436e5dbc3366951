import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';

const WHY_ONE: Readonly<Record<'ce', string>> = {
  ce: 'Costs are asked for one account at a time: the bill of an organisation has its other accounts in it already.',
};

/** Where one account is asked for what has one endpoint for all regions. Throws `CallFailure` for `all`. */
export async function globalPlaceOf(
  cloud: Cloud,
  account: string | undefined,
  service: keyof typeof WHY_ONE,
): Promise<Place> {
  if (account === 'all') {
    throw untouched('invalid_arguments', WHY_ONE[service], {
      hint: 'Name an account; group_by LINKED_ACCOUNT splits an organisation’s bill.',
    });
  }
  return cloud.globalPlace(await cloud.account({ account }));
}
