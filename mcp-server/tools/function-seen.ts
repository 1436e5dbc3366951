import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { readAliases, readFunction } from '../cloud/functions.ts';
import type { Facts, PlannedChange } from '../contract/proposal.ts';
import { factsOf } from './function-facts.ts';
import { aliasesIn, versionsOf } from './function-versions.ts';
import type { Seen } from './tool.ts';

/** What an alias serves that is no longer there. */
const GONE = 'gone';

/** The one function a change is for. */
export function targetOf({ targets: [target] }: PlannedChange) {
  if (!target) throw new TypeError('a function is the target');
  return target;
}

/** What a look after a change finds. */
export type FunctionSight = { configuration: FunctionConfiguration; facts: Facts };

/** The function as it is after a change: the same facts as before it, and how an update goes that is not done. */
export async function lookAfter(cloud: Cloud, place: Place, change: PlannedChange): Promise<FunctionSight> {
  const { id, was, becomes } = targetOf(change);
  const { configuration, reserved } = await readFunction(cloud, place, id);
  const known = aliasesIn({ ...was, ...becomes });
  const aliases = known.length > 0 ? await readAliases(cloud, place, id) : [];
  const status = configuration.LastUpdateStatus ?? 'unknown';
  return {
    configuration,
    facts: {
      ...Object.fromEntries(known.map(({ name }) => [`alias ${name}`, GONE])),
      ...factsOf(configuration, reserved, versionsOf([], aliases, configuration).aliases),
      ...(status === 'Successful' ? {} : { last_update: status }),
    },
  };
}

/** Whether every alias that was to move serves another version than before. */
export function aliasesMoved({ was, becomes }: { was: Facts; becomes: Facts }, facts: Facts): boolean {
  return aliasesIn(becomes).every(({ name }) => {
    const now = facts[`alias ${name}`];
    return now !== was[`alias ${name}`] && now !== GONE;
  });
}

/** How far a change has come, from whether its goal is seen and whether AWS is still at it. */
export function resultOf(
  reached: boolean,
  { LastUpdateStatus: status }: FunctionConfiguration,
): Seen['result'] {
  if (status === 'InProgress') return 'in_progress';
  return reached && status !== 'Failed' ? 'done' : 'not_seen';
}
