import type { Place } from '../cloud/account.ts';

/** Whose policies IAM is asked about. */
export type Principal = { kind: 'root' } | { kind: 'arn'; arn: string } | { kind: 'none'; why: string };

/** Source: IAM User Guide, "IAM identifiers". */
const CALLER = /^arn:([^:]+):(sts|iam)::(\d{12}):(root$|[a-z-]+\/)(.*)$/;

/**
 * The user or role behind a caller's ARN. A session's ARN leaves out its role's path, so that the role itself
 * is looked up; who may not do that is taken at the name.
 */
export async function principalOf(caller: string, place: Place): Promise<Principal> {
  const [, partition, , account, kind, rest = ''] = CALLER.exec(caller) ?? [];
  switch (kind) {
    case 'root':
      return { kind: 'root' };
    case 'user/':
    case 'role/':
      return { kind: 'arn', arn: caller };
    case 'assumed-role/': {
      const [role = ''] = rest.split('/');
      const plain = `arn:${partition}:iam::${account}:role/${role}`;
      return { kind: 'arn', arn: (await roleArn(role, place)) ?? plain };
    }
    default:
      return { kind: 'none', why: `IAM keeps no policies under ${caller}.` };
  }
}

async function roleArn(role: string, { account, region }: Place): Promise<string | null> {
  const { sdk, client } = await account.connect('iam', region, 'read');
  try {
    return (await client.send(new sdk.GetRoleCommand({ RoleName: role }))).Role?.Arn ?? null;
  } catch (error) {
    // The right to look a role up is not one the tools need: without it the name stands for it.
    if (error instanceof Error && /AccessDenied|NoSuchEntity/.test(error.name)) return null;
    throw error;
  }
}
