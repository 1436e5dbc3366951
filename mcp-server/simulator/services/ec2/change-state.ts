import type {
  InstanceStateChange,
  RebootInstancesCommandInput,
  StartInstancesCommandInput,
  StopInstancesCommandInput,
  TerminateInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { type Call, change, type NewEntry } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { ALLOWED_STATES, type InstanceState, stateAt } from '../../world/instance-life.ts';
import type { Instance } from '../../world/world.ts';
import { knownInstances } from './instance-ids.ts';
import { stateShape } from './instance-shape.ts';

const SOURCE = 'ec2.amazonaws.com';

/** What an instance is right after the call, by what it was. */
type Becomes = (state: InstanceState) => InstanceState;

const STARTED: Becomes = (state) => (state === 'stopped' ? 'pending' : state);
const STOPPED: Becomes = (state) => (state === 'running' || state === 'pending' ? 'stopping' : state);
const TERMINATED: Becomes = (state) => (state === 'terminated' ? state : 'shutting-down');

function stateOf(instance: Instance, call: Call): InstanceState {
  return stateAt(instance.life, call.now) ?? 'terminated';
}

/** Fails the whole call when one instance is in none of the states, in EC2's words. */
function requireState(
  instances: readonly Instance[],
  call: Call,
  allowed: readonly InstanceState[],
  participle: string,
): void {
  const wrong = instances.filter((one) => !allowed.includes(stateOf(one, call)));
  const [first] = wrong;
  if (first === undefined) return;
  const subject =
    wrong.length === 1
      ? `The instance '${first.id}' is not in a state`
      : `The instances '${wrong.map((one) => one.id).join(', ')}' are not in a state`;
  throw new Refusal('IncorrectInstanceState', `${subject} from which it can be ${participle}.`);
}

function targets(
  input: { InstanceIds?: string[] | undefined; DryRun?: boolean | undefined },
  call: Call,
): Instance[] {
  if (input.InstanceIds === undefined || input.InstanceIds.length === 0) {
    throw new Refusal('MissingParameter', 'The request must contain the parameter InstanceId');
  }
  return knownInstances(input.InstanceIds, call);
}

/** EC2 answers a permitted dry run with an error. */
export function endDryRun(input: { DryRun?: boolean | undefined }): void {
  if (input.DryRun === true) {
    throw new Refusal('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
  }
}

function stateChanges(instances: readonly Instance[], call: Call, becomes: Becomes): InstanceStateChange[] {
  return instances.map((one) => {
    const before = stateOf(one, call);
    return {
      InstanceId: one.id,
      PreviousState: stateShape(before),
      CurrentState: stateShape(becomes(before)),
    };
  });
}

function entryFor(
  kind: 'start' | 'stop' | 'reboot' | 'terminate',
  instances: readonly Instance[],
  more: Record<string, unknown> = {},
): NewEntry {
  const ids = instances.map((one) => one.id);
  return {
    source: SOURCE,
    parameters: { instancesSet: { items: ids.map((instanceId) => ({ instanceId })) }, ...more },
    resources: ids.map((name) => ({ type: 'AWS::EC2::Instance', name })),
    effect: { kind, instances: ids },
  };
}

export const startInstances = change((input: StartInstancesCommandInput, call) => {
  const instances = targets(input, call);
  requireState(instances, call, ALLOWED_STATES.start, 'started');
  endDryRun(input);
  return {
    output: { StartingInstances: stateChanges(instances, call, STARTED) },
    entry: entryFor('start', instances),
  };
});

export const stopInstances = change((input: StopInstancesCommandInput, call) => {
  const instances = targets(input, call);
  requireState(instances, call, ALLOWED_STATES.stop, 'stopped');
  endDryRun(input);
  return {
    output: { StoppingInstances: stateChanges(instances, call, STOPPED) },
    entry: entryFor('stop', instances, { force: input.Force ?? false }),
  };
});

export const rebootInstances = change((input: RebootInstancesCommandInput, call) => {
  const instances = targets(input, call);
  requireState(instances, call, ALLOWED_STATES.reboot, 'rebooted');
  endDryRun(input);
  return { output: {}, entry: entryFor('reboot', instances) };
});

export const terminateInstances = change((input: TerminateInstancesCommandInput, call) => {
  const instances = targets(input, call);
  endDryRun(input);
  return {
    output: { TerminatingInstances: stateChanges(instances, call, TERMINATED) },
    entry: entryFor('terminate', instances),
  };
});
