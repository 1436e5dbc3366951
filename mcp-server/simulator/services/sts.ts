import type { GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import { type Operations, read } from '../wire/operation.ts';
import { hexOf } from '../world/deterministic.ts';

type Output<T> = Omit<T, '$metadata'>;

export const STS: Operations = {
  GetCallerIdentity: read<GetCallerIdentityCommandInput, Output<GetCallerIdentityCommandOutput>>(
    (_input, { account, identity }) => ({
      Account: account,
      Arn: identity,
      UserId: userId(identity),
    }),
  ),
};

/** Assumed roles are `AROA...:session`, users `AIDA...`. */
function userId(arn: string): string {
  const [, , session] = arn.split(':').at(-1)?.split('/') ?? [];
  const assumed = arn.includes(':assumed-role/');
  const id = `${assumed ? 'AROA' : 'AIDA'}${hexOf(arn, 17).toUpperCase()}`;
  return assumed ? `${id}:${session ?? ''}` : id;
}
