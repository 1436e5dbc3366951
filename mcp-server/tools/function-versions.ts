import { createHash } from 'node:crypto';
import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Facts } from '../contract/proposal.ts';

/** The version that configuration changes and new code go to, and no other. */
const LATEST = '$LATEST';

/** What an alias serves. `split`: other versions that get a share of its traffic, 0 to 1. */
export type Alias = { name: string; version: string; split: Readonly<Record<string, number>> };

export type Versions = {
  /** The unpublished version as it is read by itself, and as it stands among the others: to be told from each. */
  current: FunctionConfiguration;
  latest: FunctionConfiguration;
  /** Oldest first. */
  published: readonly FunctionConfiguration[];
  aliases: readonly Alias[];
};

export function versionsOf(
  listed: readonly FunctionConfiguration[],
  aliases: readonly AliasConfiguration[],
  current: FunctionConfiguration,
): Versions {
  const published = listed.filter((one) => isNumber(one.Version));
  return {
    current,
    latest: listed.find((one) => one.Version === LATEST) ?? current,
    published: published.toSorted((a, b) => Number(a.Version) - Number(b.Version)),
    aliases: aliases.map((one) => ({
      name: one.Name ?? '',
      version: one.FunctionVersion ?? '',
      split: one.RoutingConfig?.AdditionalVersionWeights ?? {},
    })),
  };
}

function isNumber(version: string | undefined): boolean {
  return /^\d+$/.test(version ?? '');
}

/** Aliases that serve a published version: a change of configuration does not reach them by itself. */
export function aliasesOnVersions({ aliases }: Versions): Alias[] {
  return aliases.filter((one) => one.version !== LATEST || isSplit(one));
}

export function isSplit({ split }: Alias): boolean {
  return Object.keys(split).length > 0;
}

/**
 * A version as far as it decides what runs, memory and timeout and the description aside. What a version was
 * given for its environment is part of it, and not to be read without the permission for its key.
 */
function makeup(of: FunctionConfiguration): unknown[] {
  return [
    of.CodeSha256,
    of.Runtime,
    of.Handler,
    of.Role,
    of.Architectures,
    Object.entries(of.Environment?.Variables ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
    of.KMSKeyArn,
    of.Layers?.map((layer) => layer.Arn),
    [of.VpcConfig?.SubnetIds?.toSorted(), of.VpcConfig?.SecurityGroupIds?.toSorted()],
    of.ImageConfigResponse?.ImageConfig,
    of.EphemeralStorage?.Size,
    of.FileSystemConfigs,
    of.TracingConfig?.Mode,
    of.DeadLetterConfig?.TargetArn,
    of.SnapStart?.ApplyOn,
    of.LoggingConfig,
  ];
}

/** A short mark of what the unpublished version is: another one when its code or settings are others. */
export function markOf(configuration: FunctionConfiguration): string {
  return createHash('sha256')
    .update(JSON.stringify(makeup(configuration)))
    .digest('hex')
    .slice(0, 12);
}

/** Whether two versions would run the same. */
export function runsTheSame(a: FunctionConfiguration, b: FunctionConfiguration): boolean {
  return a.MemorySize === b.MemorySize && a.Timeout === b.Timeout && markOf(a) === markOf(b);
}

/** True when the caller may not see the environment: then nobody can say whether two versions run the same. */
export function hidesEnvironment({ Environment: environment }: FunctionConfiguration): boolean {
  return environment?.Error !== undefined;
}

/**
 * The number the next published version gets, unless the newest has been deleted.
 *
 * @param facts also those that a plan's earlier steps are expected to leave: they may have published one
 */
export function nextVersion({ published }: Versions, facts: Facts): string {
  const served = aliasesIn(facts).map(({ version }) => Number.parseInt(version, 10) || 0);
  return String(Math.max(Number(published.at(-1)?.Version ?? 0), ...served) + 1);
}

const ALIAS = 'alias ';

/** What each alias serves, as facts: `alias live` is `42`, or `41, 10% 42`. */
export function aliasFacts(aliases: readonly Alias[]): Facts {
  return Object.fromEntries(aliases.map((one) => [`${ALIAS}${one.name}`, servedBy(one)]));
}

export function servedBy({ version, split }: Alias): string {
  const shares = Object.entries(split).map(([other, share]) => `${Math.round(share * 100)}% ${other}`);
  return [version, ...shares].join(', ');
}

/** The aliases that facts speak of. */
export function aliasesIn(facts: Facts): { name: string; version: string }[] {
  return Object.entries(facts)
    .filter(([key]) => key.startsWith(ALIAS))
    .map(([key, value]) => ({ name: key.slice(ALIAS.length), version: String(value) }));
}
