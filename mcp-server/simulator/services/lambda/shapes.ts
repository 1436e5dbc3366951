import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Call } from '../../wire/operation.ts';
import { hexOf, uuidOf } from '../../world/deterministic.ts';
import {
  type FunctionAlias,
  type LambdaFunction,
  lastAt,
  type Revision,
  UPDATE_MS,
} from '../../world/functions.ts';

export const LATEST = '$LATEST';

export function arnOf({ name, region }: LambdaFunction, { account }: Call, qualifier?: string): string {
  const end = qualifier === undefined ? '' : `:${qualifier}`;
  return `arn:aws:lambda:${region}:${account}:function:${name}${end}`;
}

/** The unpublished version as it is now. */
export function latestOf(one: LambdaFunction, now: number): Revision {
  const latest = lastAt(one.latest, now);
  if (latest === undefined) throw new TypeError('a function has at least one revision');
  return latest;
}

/** Whether AWS is still at work on the last change of the unpublished version. */
export function isUpdating(one: LambdaFunction, { world, now }: Call): boolean {
  const { at } = latestOf(one, now);
  return at >= world.startMs && now < at + UPDATE_MS;
}

/** A revision has its id for as long as nothing changes, the end of an update included. */
export function revisionOf(one: LambdaFunction, call: Call): string {
  const { at } = latestOf(one, call.now);
  return uuidOf(`${one.name}/${at}/${isUpdating(one, call)}`);
}

export function aliasRevision(one: LambdaFunction, { name, moves }: FunctionAlias, now: number): string {
  return uuidOf(`${one.name}:${name}/${lastAt(moves, now)?.at ?? 0}`);
}

/** The unpublished version, or a published one. */
export function configurationOf(
  one: LambdaFunction,
  call: Call,
  version: (Revision & { version: string }) | null = null,
): FunctionConfiguration {
  const of = version ?? latestOf(one, call.now);
  const updating = version === null && isUpdating(one, call);
  const runtime = one.entry.runtime as FunctionConfiguration['Runtime'];
  return {
    FunctionName: one.name,
    FunctionArn: arnOf(one, call, version?.version),
    ...(runtime ? { Runtime: runtime } : {}),
    Role: `arn:aws:iam::${call.account}:role/${one.name}`,
    Handler: 'index.handler',
    CodeSize: 48_213,
    Description: of.description,
    Timeout: of.timeout,
    MemorySize: of.memory,
    LastModified: new Date(of.at).toISOString().replace('Z', '+0000'),
    CodeSha256: Buffer.from(hexOf(`${one.name}/${of.code}`, 64), 'hex').toString('base64'),
    Version: version?.version ?? LATEST,
    ...(Object.keys(of.environment).length > 0 ? { Environment: { Variables: { ...of.environment } } } : {}),
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: version ? uuidOf(`${one.name}/version/${version.version}`) : revisionOf(one, call),
    State: 'Active',
    LastUpdateStatus: updating ? 'InProgress' : 'Successful',
    PackageType: one.entry.runtime === undefined ? 'Image' : 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
  };
}

export function aliasShape(one: LambdaFunction, alias: FunctionAlias, call: Call): AliasConfiguration {
  const serves = lastAt(alias.moves, call.now);
  const split = serves?.split ?? {};
  return {
    AliasArn: arnOf(one, call, alias.name),
    Name: alias.name,
    FunctionVersion: serves?.version ?? LATEST,
    Description: '',
    ...(Object.keys(split).length > 0 ? { RoutingConfig: { AdditionalVersionWeights: { ...split } } } : {}),
    RevisionId: aliasRevision(one, alias, call.now),
  };
}
