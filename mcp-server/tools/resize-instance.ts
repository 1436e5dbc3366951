import type { _InstanceType } from '@aws-sdk/client-ec2';
import type { Place } from '../cloud/account.ts';
import { CallFailure, untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { readInstances } from '../cloud/instances.ts';
import { lookBeside } from '../cloud/look.ts';
import { placeOf } from '../cloud/resolve.ts';
import { resizeInstance } from '../contract/catalogue/instances.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import type { Coverage } from '../contract/coverage.ts';
import type { PlannedChange } from '../contract/proposal.ts';
import { blastRadiusOf, GROUP_TAG, type Surroundings } from './blast-radius.ts';
import { awsLine } from './cli-line.ts';
import { waitForState } from './instance-waits.ts';
import { findTargets } from './targets.ts';
import type { ChangeTool, Seen } from './tool.ts';

type Input = ToolInput<'resize_instance'>;
type Detail = { place: Place; surroundings: Surroundings; group: string | undefined };

export const resizeInstanceTool: ChangeTool<Input, Detail> = {
  kind: 'change',
  contract: resizeInstance,
  async observe(input, cloud) {
    const found = await findTargets(cloud, input, [input.instance]);
    const { place, population, surroundings, targets } = found;
    const offered = await lookUpType(cloud, place, input.instance_type);
    return {
      account: place.account.name,
      region: place.region,
      states: targets.map(({ kind, id, name, arn, state, type }) => ({
        kind,
        id,
        name,
        arn,
        facts: { state, type },
      })),
      population,
      detail: {
        place,
        surroundings: { ...surroundings, gaps: [...surroundings.gaps, ...offered.gaps] },
        group: targets[0]?.tags[GROUP_TAG],
      },
    };
  },

  plan(input, { account, region, states, detail }) {
    const [target] = states;
    if (!target) throw untouched('not_found', 'There is no such instance.');
    const { kind, id, name, facts } = target;
    const type = input.instance_type;
    if (facts.type === type) {
      throw untouched('invalid_state', `${name} (${id}) is a ${type} already. There is nothing to resize.`);
    }
    if (facts.state !== 'running' && facts.state !== 'stopped') {
      throw untouched(
        'invalid_state',
        `${name} (${id}) is ${facts.state}: only a running or stopped instance can be resized.`,
      );
    }
    const line = (...words: string[]) => awsLine(detail.place, 'ec2', ...words);
    const modify = line(
      'modify-instance-attribute',
      '--instance-id',
      id,
      '--instance-type',
      JSON.stringify({ Value: type }),
    );
    const runs = facts.state === 'running';
    return {
      tool: 'resize_instance',
      arguments: { instance: id, instance_type: type, account, region },
      risk: 'destructive',
      irreversible: false,
      targets: [{ kind, id, name, was: { ...facts }, becomes: { type } }],
      blast_radius: blastRadiusOf(
        [{ id, name, group: detail.group }],
        detail.surroundings,
        'group_may_replace_it',
        runs ? 'leaves' : 'stays',
      ),
      undo: {
        possible: true,
        tool: 'resize_instance',
        arguments: { instance: id, instance_type: String(facts.type), account, region },
        ...(runs ? { note: 'interrupts_again' } : {}),
      },
      cli: runs
        ? [
            line('stop-instances', '--instance-ids', id),
            line('wait', 'instance-stopped', '--instance-ids', id),
            modify,
            line('start-instances', '--instance-ids', id),
          ]
        : [modify],
    };
  },

  event: 'ModifyInstanceAttribute',

  async attempt(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, name, ran, was, type } = resizeOf(change);
    if (ran) await stop(cloud, place, id, name);
    await modify(place, { id, name, type, was, ran }, cloud);
    if (ran) await start(place, id, name, type, cloud);
  },

  async verify(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, name, type, ran } = resizeOf(change);
    const [seen] = await readInstances(cloud, place, [{ Name: 'instance-id', Values: [id] }]);
    if (!seen) return [{ id, name, facts: {}, result: 'not_seen' }];
    const state = seen.State?.Name ?? 'unknown';
    const facts = { state, type: seen.InstanceType ?? 'unknown' };
    return [{ id, name, facts, result: facts.type === type ? arrived(state, ran) : 'not_seen' }];
  },
};

/**
 * Asked before anything is stopped: a type that AWS does not have would leave the instance down for nothing.
 * Without the permission to ask, the proposal says that it could not be looked up.
 */
async function lookUpType(cloud: Cloud, place: Place, type: string): Promise<Coverage> {
  const action = 'ec2:DescribeInstanceTypes';
  const { value, coverage } = await lookBeside(
    cloud,
    place,
    { what: `whether ${type} is offered`, action },
    () => isOffered(cloud, place, type),
  );
  if (value !== false) return coverage;
  throw untouched('invalid_arguments', `${place.region} has no instance type ${type}. Nothing was asked.`, {
    hint: 'Check the spelling; `aws ec2 describe-instance-types` lists them.',
  });
}

async function isOffered(cloud: Cloud, { account, region }: Place, type: string): Promise<boolean> {
  const { sdk, client } = await account.connect('ec2', region, 'read');
  try {
    const wanted = new sdk.DescribeInstanceTypesCommand({ InstanceTypes: [type as _InstanceType] });
    const { InstanceTypes: found = [] } = await client.send(wanted, { abortSignal: cloud.signal });
    return found.length > 0;
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidInstanceType') return false;
    throw error;
  }
}

function arrived(state: string, ran: boolean): Seen['result'] {
  if (state === (ran ? 'running' : 'stopped')) return 'done';
  return state === 'pending' || state === 'stopping' ? 'in_progress' : 'not_seen';
}

function resizeOf({ targets: [target], arguments: given }: PlannedChange) {
  if (!target) throw new TypeError('a resize has one target');
  const { id, name, was } = target;
  return { id, name, was: String(was.type), ran: was.state === 'running', type: String(given.instance_type) };
}

async function stop(cloud: Cloud, place: Place, id: string, name: string): Promise<void> {
  const { sdk, client } = await place.account.connect('ec2', place.region, 'change');
  cloud.progress(`Stopping ${name}.`);
  try {
    await client.send(new sdk.StopInstancesCommand({ InstanceIds: [id] }));
  } catch (error) {
    const failed = asFailure(error, { action: 'ec2:StopInstances', place }, 'change');
    if (failed.failure.nothing_changed) throw failed;
    throw halfway(failed.failure.code, failed.failure.message, startAgain(place, id));
  }
  const state = await waitForState(cloud, place, id, 'stopped').catch((error: unknown) => {
    const { message } = asFailure(error, { action: 'ec2:DescribeInstances', place });
    throw halfway(
      'outcome_unknown',
      `${name} was told to stop, and then could not be watched: ${message} Its type is unchanged.`,
      startAgain(place, id),
    );
  });
  if (state === 'stopped') return;
  throw halfway(
    'invalid_state',
    `${name} was told to stop and is still ${state}; its type is unchanged.`,
    `Ask for the resize again when it is stopped. ${startAgain(place, id)}`,
  );
}

/** The call that brings back what a failure here left stopped, in full. */
function startAgain(place: Place, id: string): string {
  const call = { instances: [id], account: place.account.name, region: place.region };
  const line = awsLine(place, 'ec2', 'start-instances', '--instance-ids', id);
  return `This starts it again: start_instances ${JSON.stringify(call)} (${line}).`;
}

type Resize = { id: string; name: string; type: string; was: string; ran: boolean };

async function modify(place: Place, { id, name, type, was, ran }: Resize, cloud: Cloud): Promise<void> {
  const { sdk, client } = await place.account.connect('ec2', place.region, 'change');
  cloud.progress(`Changing ${name} to ${type}.`);
  try {
    await client.send(
      new sdk.ModifyInstanceAttributeCommand({ InstanceId: id, InstanceType: { Value: type } }),
    );
  } catch (error) {
    const failed = asFailure(error, { action: 'ec2:ModifyInstanceAttribute', place }, 'change').failure;
    if (!ran) throw new CallFailure(failed);
    // Service first: what was stopped for nothing is started again, once.
    const restarted = failed.nothing_changed && (await startedAgain(place, id));
    const now = restarted ? `${name} is starting again as ${was}.` : `${name} is stopped, and was a ${was}.`;
    throw halfway(failed.code, `${failed.message} ${now}`, restarted ? undefined : startAgain(place, id));
  }
}

async function startedAgain(place: Place, id: string): Promise<boolean> {
  const { sdk, client } = await place.account.connect('ec2', place.region, 'change');
  return client.send(new sdk.StartInstancesCommand({ InstanceIds: [id] })).then(
    () => true,
    // The caller says that it is stopped: what went wrong first is what matters.
    () => false,
  );
}

async function start(place: Place, id: string, name: string, type: string, cloud: Cloud): Promise<void> {
  const { sdk, client } = await place.account.connect('ec2', place.region, 'change');
  cloud.progress(`Starting ${name}.`);
  try {
    await client.send(new sdk.StartInstancesCommand({ InstanceIds: [id] }));
  } catch (error) {
    const failed = asFailure(error, { action: 'ec2:StartInstances', place }, 'change').failure;
    const now = failed.nothing_changed ? 'but stopped' : 'and whether it starts again is not known';
    throw halfway(failed.code, `${name} is a ${type} now, ${now}: ${failed.message}`, startAgain(place, id));
  }
}

function halfway(
  code: CallFailure['failure']['code'],
  message: string,
  hint: string | undefined,
): CallFailure {
  return new CallFailure({ code, message, nothing_changed: false, ...(hint ? { hint } : {}) });
}
