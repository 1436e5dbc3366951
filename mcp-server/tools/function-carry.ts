import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Facts } from '../contract/proposal.ts';
import { awsLine } from './cli-line.ts';
import {
  type Alias,
  aliasesOnVersions,
  hidesEnvironment,
  isSplit,
  nextVersion,
  runsTheSame,
  servedBy,
  type Versions,
} from './function-versions.ts';

/**
 * A published version cannot be changed: AWS changes the unpublished one only. So that a change of the
 * configuration reaches what an alias serves, the unpublished version is published again and the alias moved
 * to it, as long as that is what it serves already; else a change of settings would deploy other code.
 */
export type Carried = { aliases: readonly Alias[]; version: string };

/**
 * Pure. Throws `CallFailure` with `invalid_state` when there are aliases on published versions and none of
 * them could be reached: the change would look done and change nothing that serves.
 */
export function carriedTo(name: string, versions: Versions, facts: Facts): Carried {
  const serving = aliasesOnVersions(versions);
  const aliases = serving.filter((alias) => obstacleTo(alias, versions) === null);
  const [first] = serving;
  if (first && aliases.length === 0) {
    const why = serving.map(
      (alias) => `${alias.name} serves ${servedBy(alias)}: ${obstacleTo(alias, versions)}`,
    );
    throw untouched(
      'invalid_state',
      `${name} is served by published versions, which AWS lets nobody change. ${why.join('. ')}.`,
      { hint: 'Deploy what should run, or roll back with rollback_function; then ask again.' },
    );
  }
  return { aliases, version: nextVersion(versions, facts) };
}

/** Why an alias cannot be moved to a copy of what it serves; null when it can. */
function obstacleTo(alias: Alias, { current, latest, published }: Versions): string | null {
  if (isSplit(alias)) return 'its traffic is split between versions';
  const served = published.find((one) => one.Version === alias.version);
  if (!served) return 'that version was not found';
  if ([current, latest, served].some(hidesEnvironment)) {
    return 'its environment cannot be read with these permissions (kms:Decrypt), so whether the unpublished version is the same cannot be told';
  }
  return runsTheSame(latest, served) ? null : 'the unpublished version holds other code or settings';
}

/** What the aliases serve afterwards. */
export function carriedFacts({ aliases, version }: Carried): Facts {
  return Object.fromEntries(aliases.map((alias) => [`alias ${alias.name}`, version]));
}

/** The CLI's lines after the one that changes the configuration. */
export function carriedLines(place: Place, name: string, { aliases, version }: Carried): string[] {
  if (aliases.length === 0) return [];
  const line = (command: string, ...words: string[]) =>
    awsLine(place, 'lambda', ...command.split(' '), '--function-name', name, ...words);
  return [
    line('wait function-updated-v2'),
    line('publish-version'),
    ...aliases.map((alias) => line('update-alias', '--name', alias.name, '--function-version', version)),
  ];
}
