import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Place } from '../cloud/account.ts';
import { CallFailure, untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { pickForChange, placeOf } from '../cloud/resolve.ts';
import { readScalingGroups } from '../cloud/scaling-groups.ts';
import { setDesiredCapacity } from '../contract/catalogue/scaling.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import type { BlastRadius, Loss, PlannedChange } from '../contract/proposal.ts';
import { type Survey, surveyAccount } from './account-survey.ts';
import { blastRadiusOf, readSurroundings, type Surroundings } from './blast-radius.ts';
import { awsLine } from './cli-line.ts';
import { populationOf, surveyInstances, type TargetInstance, volumesLostWith } from './targets.ts';
import type { ChangeTool } from './tool.ts';

type Input = ToolInput<'set_desired_capacity'>;
type Detail = {
  place: Place;
  surroundings: Surroundings;
  members: string[];
  /** How many instances the account holds as far as could be seen. */
  instances: number;
};

export const setDesiredCapacityTool: ChangeTool<Input, Detail> = {
  kind: 'change',
  contract: setDesiredCapacity,
  async observe(input, cloud) {
    const { account, named, coverage, everywhere, gaps } = await surveyAccount(
      cloud,
      input,
      { what: 'Auto Scaling groups', action: 'autoscaling:DescribeAutoScalingGroups' },
      async (place) => (await readScalingGroups(cloud, place)).map((group) => groupOf(group, place)),
    );
    const { kind, id, name, arn, facts, place, members, targetGroups } = pickForChange(
      input.group,
      named,
      coverage,
    );
    const surroundings = await readSurroundings(cloud, place, { services: [{ id, targetGroups }] });
    const fewer = input.desired < facts.desired;
    const instances = await instancesAround(cloud, place, fewer);
    const unseen = fewer ? (instances?.gaps ?? []) : [];
    // AWS chooses whom a smaller group loses: it may be any of them.
    const takes = spellingsOf(members, instances?.named ?? []);
    return {
      account: account.name,
      region: place.region,
      states: [{ kind, id, name, arn, facts, takes }],
      population: everywhere.length,
      detail: {
        place,
        surroundings: { ...surroundings, gaps: [...gaps, ...unseen, ...surroundings.gaps] },
        members,
        instances: populationOf(instances?.everywhere ?? []),
      },
    };
  },

  plan(input, { account, region, states, detail }) {
    const [target] = states;
    if (!target) throw untouched('not_found', 'There is no such group.');
    const { kind, id, name, facts } = target;
    const was = Number(facts.desired);
    const { desired } = input;
    refuseOutOfBounds(name, desired, { was, min: Number(facts.min), max: Number(facts.max) });
    return {
      tool: 'set_desired_capacity',
      arguments: { group: id, desired, account, region },
      // Within its maximum, or it was refused above.
      risk: desired > was ? 'change' : 'destructive',
      irreversible: false,
      targets: [{ kind, id, name, was: { ...facts }, becomes: { desired } }],
      ...(desired < was ? { takes_away: [lossOf(was - desired, id, detail)] } : {}),
      blast_radius: affectedBy(desired - was, { id, name }, detail),
      undo: {
        possible: true,
        tool: 'set_desired_capacity',
        arguments: { group: id, desired: was, account, region },
        ...(desired < was ? { note: 'new_instances' as const } : {}),
      },
      cli: [
        awsLine(
          detail.place,
          'autoscaling',
          'set-desired-capacity',
          '--auto-scaling-group-name',
          id,
          '--desired-capacity',
          String(desired),
        ),
      ],
    };
  },

  event: 'SetDesiredCapacity',

  async attempt(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { sdk, client } = await place.account.connect('autoscaling', place.region, 'change');
    const { id, desired } = wishOf(change);
    try {
      await client.send(
        new sdk.SetDesiredCapacityCommand({ AutoScalingGroupName: id, DesiredCapacity: desired }),
      );
    } catch (error) {
      throw asFailure(error, { action: 'autoscaling:SetDesiredCapacity', place }, 'change');
    }
  },

  async verify(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, name, desired } = wishOf(change);
    const [group] = await readScalingGroups(cloud, place, [id]);
    if (!group) return [{ id, name, facts: {}, result: 'not_seen' }];
    const members = group.Instances ?? [];
    const serving = members.filter((one) => one.LifecycleState === 'InService').length;
    const facts = { desired: group.DesiredCapacity ?? null, in_service: serving };
    if (facts.desired !== desired) return [{ id, name, facts, result: 'not_seen' }];
    const arrived = serving === desired && members.length === desired;
    return [{ id, name, facts, result: arrived ? 'done' : 'in_progress' }];
  },
};

/**
 * The account's instances, among them the group's. They must be seen for a group to lose some. For one that
 * grows nothing rests on them, but a plan may make it smaller again: null when they cannot be seen.
 */
async function instancesAround(
  cloud: Cloud,
  { account, region }: Place,
  needed: boolean,
): Promise<Survey<TargetInstance> | null> {
  try {
    return await surveyInstances(cloud, { account: account.name, region });
  } catch (error) {
    if (needed || !(error instanceof CallFailure)) throw error;
    return null;
  }
}

/** Every way to write each of a group's instances, and the volumes that go with them. */
function spellingsOf(members: readonly string[], seen: readonly TargetInstance[]): string[] {
  const known = seen.filter(({ id }) => members.includes(id));
  return [...members, ...known.flatMap((one) => [one.name, one.arn, ...volumesLostWith(one)])];
}

function groupOf(group: AutoScalingGroup, place: Place) {
  const name = group.AutoScalingGroupName ?? '';
  return {
    kind: 'auto_scaling_group',
    id: name,
    name,
    arn: group.AutoScalingGroupARN ?? name,
    account: place.account.name,
    region: place.region,
    facts: { desired: group.DesiredCapacity ?? 0, min: group.MinSize ?? 0, max: group.MaxSize ?? 0 },
    members: (group.Instances ?? []).map((one) => one.InstanceId ?? ''),
    targetGroups: group.TargetGroupARNs ?? [],
    place,
  };
}

function refuseOutOfBounds(
  name: string,
  desired: number,
  { was, min, max }: { was: number; min: number; max: number },
) {
  if (desired === was)
    throw untouched('invalid_state', `${name} wants ${was} instances already. There is nothing to change.`);
  if (desired > max) {
    throw untouched(
      'invalid_state',
      `${name} can have at most ${max} instances; ${desired} is above its maximum.`,
      {
        hint: `Ask for ${max} or fewer, or have its maximum raised first.`,
      },
    );
  }
  if (desired < min) {
    throw untouched(
      'invalid_state',
      `${name} must have at least ${min} instances; ${desired} is below its minimum.`,
      {
        hint: `Ask for ${min} or more.`,
      },
    );
  }
}

function lossOf(fewer: number, group: string, { members, instances }: Detail): Loss {
  const count = Math.min(fewer, members.length);
  return { kind: 'instance', with: group, count, among: members, population: instances };
}

function affectedBy(difference: number, group: { id: string; name: string }, detail: Detail): BlastRadius {
  const callers = blastRadiusOf([group], detail.surroundings, 'calls_it');
  if (difference > 0) return callers;
  const members = detail.members.map((id) => ({ id, name: id, how: 'may_be_terminated' as const }));
  return { ...callers, affected: [...members, ...callers.affected] };
}

function wishOf({ targets: [target], arguments: given }: PlannedChange) {
  if (!target) throw new TypeError('a group is the target');
  return { id: target.id, name: target.name, desired: Number(given.desired) };
}
