import { type AwsCredentials, SERVICES } from './services.ts';

/** Asked again this long before they run out, so that no request starts with credentials about to expire. */
const REFRESH_BEFORE_MS = 5 * 60_000;

/**
 * Credentials of a role, assumed with the credentials of a profile (or of the default chain) and renewed
 * before they expire. One set is shared by all clients of the account.
 */
export function assumeRole(
  role: string,
  base: { profile?: string; endpoint?: string; region: string },
  now: () => number,
): () => Promise<AwsCredentials> {
  let held: AwsCredentials | null = null;
  let asking: Promise<AwsCredentials> | null = null;

  async function ask(): Promise<AwsCredentials> {
    const { sdk, client } = await SERVICES.sts({
      ...base,
      maxAttempts: 3,
      retryMode: 'standard',
      requestHandler: { connectionTimeout: 4_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    });
    // A fixed session name: the caller's ARN stays the same from one process to the next, and proposals name it.
    const answer = await client.send(new sdk.AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'aiops' }));
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey) throw new Error(`STS returned no credentials for ${role}`);
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(SessionToken ? { sessionToken: SessionToken } : {}),
      ...(Expiration ? { expiration: Expiration } : {}),
    };
  }

  return async () => {
    const fresh = held && (!held.expiration || held.expiration.getTime() - now() > REFRESH_BEFORE_MS);
    if (held && fresh) return held;
    asking ??= ask().finally(() => {
      asking = null;
    });
    held = await asking;
    return held;
  };
}
