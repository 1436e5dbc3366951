import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import { instanceArn, instanceRowOf, type OwnedInstance, readInstances } from '../cloud/instances.ts';
import { lookEverywhere } from '../cloud/look.ts';
import { pickForChange, placeOf } from '../cloud/resolve.ts';
import { readSurroundings, type Surroundings } from './blast-radius.ts';

/** An instance a change is for, as it is now. */
export type TargetInstance = {
  kind: 'instance';
  id: string;
  name: string;
  arn: string;
  account: string;
  region: string;
  state: string;
  type: string;
  tags: Record<string, string>;
  instance: OwnedInstance;
};

export type TargetInstances = {
  place: Place;
  targets: TargetInstance[];
  /** Instances of the account that are not terminated, as far as could be seen. */
  population: number;
  surroundings: Surroundings;
};

/**
 * The instances a change names, from a fresh look at all the regions it can mean. Throws `CallFailure` for a
 * mention that is not exactly one instance, and for targets in more than one region.
 */
export async function findTargets(
  cloud: Cloud,
  at: Whereabouts,
  mentions: string[],
): Promise<TargetInstances> {
  const account = await cloud.account(at);
  const places = await cloud.places({ ...at, account: account.name });
  const { found, coverage } = await lookEverywhere(
    cloud,
    places,
    { what: 'instances', action: 'ec2:DescribeInstances' },
    async (place) => (await readInstances(cloud, place)).map((one) => targetOf(one, place)),
  );
  const all = found.flatMap(({ value }) => value);
  const targets = [...new Set(mentions.map((mention) => pickForChange(mention, all, coverage)))];
  const regions = [...new Set(targets.map((target) => target.region))];
  const [region = ''] = regions;
  if (regions.length > 1) {
    throw untouched('invalid_arguments', `These instances are in ${regions.join(' and ')}.`, {
      hint: 'Split the call: one region at a time.',
    });
  }
  const place = await placeOf(cloud, { account: account.name, region });
  const surroundings = await readSurroundings(cloud, place);
  return {
    place,
    targets,
    population: all.filter((one) => one.state !== 'terminated').length,
    surroundings: { ...surroundings, gaps: [...coverage.gaps, ...surroundings.gaps] },
  };
}

function targetOf(instance: OwnedInstance, place: Place): TargetInstance {
  const { id, name, account, region, state, type, tags } = instanceRowOf(instance, place);
  const arn = instanceArn(region, instance.OwnerId ?? place.account.number() ?? '', id);
  return { kind: 'instance', id, name, arn, account, region, state, type, tags, instance };
}
