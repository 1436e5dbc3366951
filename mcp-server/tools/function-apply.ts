import type { FunctionConfiguration, UpdateFunctionConfigurationCommandInput } from '@aws-sdk/client-lambda';
import type { Place } from '../cloud/account.ts';
import { CallFailure, untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { type Asked, asFailure } from '../cloud/explain-error.ts';
import { readAliases } from '../cloud/functions.ts';
import { lookOnce } from '../cloud/look.ts';
import { markOf } from './function-versions.ts';
import { waitUntilSettled } from './function-waits.ts';

/** A change of a function's configuration, carried to the aliases that serve the same. */
export type Application = {
  name: string;
  /** What of the configuration changes; the environment is never sent, so that none of it can get lost. */
  settings(now: FunctionConfiguration): Partial<UpdateFunctionConfigurationCommandInput>;
  /** What the unpublished version was when the change was approved. */
  mark: string;
  /** The aliases to move, and the version each served. */
  aliases: readonly { name: string; version: string }[];
};

/**
 * Sends the change once, waits until AWS has made it, and moves the aliases. Throws `CallFailure` that says
 * how far it came.
 */
export async function applyToFunction(cloud: Cloud, place: Place, change: Application): Promise<void> {
  const { name, mark, aliases } = change;
  const action = 'lambda:GetFunctionConfiguration';
  const before = await lookOnce(place, action, () => waitUntilSettled(cloud, place, name));
  if (markOf(before) !== mark) {
    throw untouched('state_moved', `${name} was changed by somebody else meanwhile. Nothing was changed.`, {
      hint: 'Ask for it again.',
    });
  }
  const { sdk, client } = await place.account.connect('lambda', place.region, 'change');
  cloud.progress(`Changing the configuration of ${name}.`);
  try {
    // The revision is the guard against a change of somebody else between the look and this.
    const guarded = before.RevisionId ? { RevisionId: before.RevisionId } : {};
    await client.send(
      new sdk.UpdateFunctionConfigurationCommand({
        FunctionName: name,
        ...change.settings(before),
        ...guarded,
      }),
    );
  } catch (error) {
    throw refusal(error, name, { action: 'lambda:UpdateFunctionConfiguration', place });
  }
  const after = await settled(cloud, place, change);
  if (aliases.length === 0) return;
  const version = await publish(cloud, place, change, after);
  for (const [at, alias] of aliases.entries()) {
    const left = aliases.slice(at).map((one) => one.name);
    await moveAlias(cloud, place, {
      function: name,
      alias: alias.name,
      from: alias.version,
      to: version,
    }).catch((error: unknown) => {
      throw halfway(
        error,
        `The new version ${version} of ${name} is published, and not yet served by ${left.join(', ')}.`,
      );
    });
  }
}

async function settled(
  cloud: Cloud,
  place: Place,
  { name, aliases }: Application,
): Promise<FunctionConfiguration> {
  const action = 'lambda:GetFunctionConfiguration';
  const served = aliases.map((one) => `${one.name} serves ${one.version} as before`).join(', ');
  try {
    const after = await lookOnce(place, action, () => waitUntilSettled(cloud, place, name));
    if (after.LastUpdateStatus !== 'Failed') return after;
    throw untouched(
      'rejected',
      `AWS could not make the change: ${after.LastUpdateStatusReason ?? 'no reason given'}`,
    );
  } catch (error) {
    throw halfway(error, `The configuration of ${name} was sent${served ? `; ${served}` : ''}.`);
  }
}

async function publish(
  cloud: Cloud,
  place: Place,
  { name, aliases }: Application,
  { CodeSha256, RevisionId }: FunctionConfiguration,
): Promise<string> {
  const { sdk, client } = await place.account.connect('lambda', place.region, 'change');
  cloud.progress(`Publishing a version of ${name}.`);
  const done = `The unpublished version of ${name} has the change; ${aliases.map((one) => one.name).join(', ')} and what they serve do not.`;
  try {
    const { Version = '' } = await client.send(
      new sdk.PublishVersionCommand({
        FunctionName: name,
        ...(CodeSha256 ? { CodeSha256 } : {}),
        ...(RevisionId ? { RevisionId } : {}),
      }),
    );
    refuseUnready(name, await waitUntilSettled(cloud, place, name, Version));
    return Version;
  } catch (error) {
    throw halfway(refusal(error, name, { action: 'lambda:PublishVersion', place }), done);
  }
}

/** An alias is never moved to a version that cannot answer: one whose preparation (SnapStart, a network) failed. */
function refuseUnready(name: string, { Version, State, StateReason }: FunctionConfiguration): void {
  if (State === undefined || State === 'Active' || State === 'Inactive') return;
  throw untouched(
    'rejected',
    `Version ${Version} of ${name} is ${State}${StateReason ? `: ${StateReason}` : ''}. No alias was moved to it.`,
  );
}

export type AliasMove = { function: string; alias: string; from: string; to: string };

/**
 * Lets an alias serve one version and nothing else. Refuses when it does not serve `from` any more; AWS's
 * revision guards what happens after that look. Throws `CallFailure`.
 */
export async function moveAlias(cloud: Cloud, place: Place, move: AliasMove): Promise<void> {
  const found = await lookOnce(place, 'lambda:ListAliases', () => readAliases(cloud, place, move.function));
  const alias = found.find((one) => one.Name === move.alias);
  if (alias?.FunctionVersion !== move.from) {
    const now = alias ? `serves ${alias.FunctionVersion} now, not ${move.from}` : 'is gone';
    throw untouched('state_moved', `The alias ${move.alias} of ${move.function} ${now}. It was not moved.`);
  }
  const { sdk, client } = await place.account.connect('lambda', place.region, 'change');
  cloud.progress(`Moving ${move.alias} of ${move.function} to ${move.to}.`);
  try {
    await client.send(
      new sdk.UpdateAliasCommand({
        FunctionName: move.function,
        Name: move.alias,
        FunctionVersion: move.to,
        RoutingConfig: { AdditionalVersionWeights: {} },
        ...(alias.RevisionId ? { RevisionId: alias.RevisionId } : {}),
      }),
    );
  } catch (error) {
    throw refusal(error, `${move.alias} of ${move.function}`, { action: 'lambda:UpdateAlias', place });
  }
}

/** A revision that is no longer the one AWS has means that somebody else was there in between. */
function refusal(error: unknown, what: string, asked: Asked): CallFailure {
  if (error instanceof Error && error.name === 'PreconditionFailedException') {
    return untouched('state_moved', `${what} was changed by somebody else at the same moment.`, {
      hint: 'Ask for it again.',
    });
  }
  return asFailure(error, asked, 'change');
}

/** A failure after a part was done: what was done, then what went wrong. */
function halfway(error: unknown, done: string): CallFailure {
  if (!(error instanceof CallFailure)) throw error;
  const { failure } = error;
  return new CallFailure({ ...failure, message: `${done} ${failure.message}`, nothing_changed: false });
}
