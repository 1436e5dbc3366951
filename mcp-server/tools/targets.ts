import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import {
  instanceArn,
  instanceRowOf,
  type OwnedInstance,
  readInstances,
  volumeArn,
} from '../cloud/instances.ts';
import { pickForChange, placeOf } from '../cloud/resolve.ts';
import { type Survey, surveyAccount } from './account-survey.ts';
import { readSurroundings, type Surroundings } from './blast-radius.ts';
import { attachedVolumes } from './instance-detail.ts';

/** An instance a change is for, as it is now. */
export type TargetInstance = {
  kind: 'instance';
  id: string;
  name: string;
  arn: string;
  /** The number of the account that owns it. */
  owner: string;
  account: string;
  region: string;
  state: string;
  type: string;
  tags: Record<string, string>;
  instance: OwnedInstance;
};

type TargetInstances = {
  place: Place;
  targets: TargetInstance[];
  /** Instances in all regions of the account that are not terminated, as far as could be seen. */
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
  const { account, named, coverage, everywhere, gaps } = await surveyInstances(cloud, at);
  const targets = [...new Set(mentions.map((mention) => pickForChange(mention, named, coverage)))];
  const regions = [...new Set(targets.map((target) => target.region))];
  const [region = ''] = regions;
  if (regions.length > 1) {
    throw untouched('invalid_arguments', `These instances are in ${regions.join(' and ')}.`, {
      hint: 'Split the call: one region at a time.',
    });
  }
  const place = await placeOf(cloud, { account: account.name, region });
  const surroundings = await readSurroundings(cloud, place, {
    instances: targets.map(({ id, instance }) => ({
      id,
      address: instance.PrivateIpAddress,
      vpc: instance.VpcId,
    })),
  });
  return {
    place,
    targets,
    population: populationOf(everywhere),
    surroundings: { ...surroundings, gaps: [...gaps, ...surroundings.gaps] },
  };
}

export function surveyInstances(cloud: Cloud, at: Whereabouts): Promise<Survey<TargetInstance>> {
  return surveyAccount(cloud, at, { what: 'instances', action: 'ec2:DescribeInstances' }, async (place) =>
    (await readInstances(cloud, place)).map((one) => targetOf(one, place)),
  );
}

/** How many of these are there still. */
export function populationOf(instances: readonly TargetInstance[]): number {
  return instances.filter((one) => one.state !== 'terminated').length;
}

/** Ids and ARNs of the volumes that AWS deletes when it terminates the instance. */
export function volumesLostWith({ instance, region, owner }: TargetInstance): string[] {
  return attachedVolumes(instance)
    .filter((volume) => volume.deletedWithInstance)
    .flatMap(({ id }) => [id, volumeArn(region, owner, id)]);
}

function targetOf(instance: OwnedInstance, place: Place): TargetInstance {
  const { id, name, account, region, state, type, tags } = instanceRowOf(instance, place);
  const owner = instance.OwnerId ?? place.account.number() ?? '';
  const arn = instanceArn(region, owner, id);
  return { kind: 'instance', id, name, arn, owner, account, region, state, type, tags, instance };
}
