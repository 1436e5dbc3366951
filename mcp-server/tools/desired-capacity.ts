import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { instanceArn, instanceRowOf, readInstances } from '../cloud/instances.ts';
import { lookEverywhere, lookOnce } from '../cloud/look.ts';
import { pickForChange, placeOf } from '../cloud/resolve.ts';
import { readScalingGroups } from '../cloud/scaling-groups.ts';
import { setDesiredCapacity } from '../contract/catalogue/scaling.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import type { BlastRadius, PlannedChange } from '../contract/proposal.ts';
import { blastRadiusOf, readSurroundings, type Surroundings } from './blast-radius.ts';
import { awsLine } from './cli-line.ts';
import type { ChangeTool } from './tool.ts';

type Input = ToolInput<'set_desired_capacity'>;
type Detail = { place: Place; surroundings: Surroundings; members: string[] };

export const setDesiredCapacityTool: ChangeTool<Input, Detail> = {
  kind: 'change',
  contract: setDesiredCapacity,
  async observe(input, cloud) {
    const account = await cloud.account(input);
    const places = await cloud.places({ ...input, account: account.name });
    const { found, coverage } = await lookEverywhere(
      cloud,
      places,
      { what: 'Auto Scaling groups', action: 'autoscaling:DescribeAutoScalingGroups' },
      async (place) => (await readScalingGroups(cloud, place)).map((group) => groupOf(group, place)),
    );
    const all = found.flatMap(({ value }) => value);
    const { kind, id, name, arn, facts, place, members } = pickForChange(input.group, all, coverage);
    const surroundings = await readSurroundings(cloud, place);
    // AWS chooses whom a smaller group loses: it may be any of them.
    const takes = input.desired < facts.desired ? await spellingsOf(cloud, place, members) : [];
    return {
      account: account.name,
      region: place.region,
      states: [{ kind, id, name, arn, facts, takes }],
      population: all.length,
      detail: {
        place,
        surroundings: { ...surroundings, gaps: [...coverage.gaps, ...surroundings.gaps] },
        members,
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

/** The most values AWS takes in one filter. */
const FILTER_VALUES = 200;

/** Every way to write each of a group's instances. Throws `CallFailure` when they cannot be seen. */
async function spellingsOf(cloud: Cloud, place: Place, ids: string[]): Promise<string[]> {
  const pages = Array.from({ length: Math.ceil(ids.length / FILTER_VALUES) }, (_, at) =>
    ids.slice(at * FILTER_VALUES, (at + 1) * FILTER_VALUES),
  );
  const members = await lookOnce(place, 'ec2:DescribeInstances', () =>
    Promise.all(pages.map((Values) => readInstances(cloud, place, [{ Name: 'instance-id', Values }]))),
  );
  const seen = members.flat().flatMap((member) => {
    const { id, name } = instanceRowOf(member, place);
    const owner = member.OwnerId ?? place.account.number() ?? '';
    return [name, instanceArn(place.region, owner, id)];
  });
  return [...ids, ...seen];
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
