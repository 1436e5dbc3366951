import type { Service } from '@aws-sdk/client-ecs';
import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import { describeServices, readServiceNames, type ServiceName, serviceIds } from '../cloud/ecs-services.ts';
import { lookOnce } from '../cloud/look.ts';
import { pickForChange, placeOf } from '../cloud/resolve.ts';
import type { Coverage } from '../contract/coverage.ts';
import { foldName } from '../contract/name-folding.ts';
import { surveyAccount } from './account-survey.ts';
import { readSurroundings, type Surroundings } from './blast-radius.ts';

type Input = Whereabouts & { service: string; cluster?: string | undefined };

/** A service a change is for. Its id is its name, or `cluster/name` where a region has two of that name. */
type ListedService = ServiceName & { kind: 'service'; id: string; account: string; region: string };

export type TargetService = {
  place: Place;
  listed: ListedService;
  service: Service;
  /** Services in all regions of the account, as far as could be seen. */
  population: number;
  surroundings: Surroundings;
};

/**
 * The service a change names, as it is now. Throws `CallFailure` for a mention that is not exactly one: the same
 * name in two clusters is a question.
 */
export async function findService(cloud: Cloud, input: Input): Promise<TargetService> {
  const { account, named, coverage, everywhere, gaps } = await surveyAccount(
    cloud,
    input,
    { what: 'services', action: 'ecs:ListServices' },
    async (place) => listedIn(place, await readServiceNames(cloud, place)),
  );
  const listed = pickService(input, named, coverage);
  const place = await placeOf(cloud, { account: account.name, region: listed.region });
  const service = await readService(cloud, place, listed);
  if (!service) {
    throw untouched('not_found', `The service ${listed.name} is gone.`, {
      mention: input.service,
      candidates: [],
    });
  }
  const surroundings = await readSurroundings(cloud, place, {
    services: [{ id: listed.id, targetGroups: targetGroupsOf(service) }],
  });
  return {
    place,
    listed,
    service,
    population: everywhere.length,
    surroundings: { ...surroundings, gaps: [...gaps, ...surroundings.gaps] },
  };
}

/** The service as it is now; null when it is gone. */
export async function readService(
  cloud: Cloud,
  place: Place,
  of: Pick<ServiceName, 'cluster' | 'name'>,
): Promise<Service | null> {
  const [service] = await lookOnce(place, 'ecs:DescribeServices', () => describeServices(cloud, place, [of]));
  return service ?? null;
}

function targetGroupsOf({ loadBalancers = [] }: Service): string[] {
  return loadBalancers.flatMap(({ targetGroupArn: arn }) => arn ?? []);
}

function listedIn({ account, region }: Place, services: readonly ServiceName[]): ListedService[] {
  return serviceIds(services).map((one) => ({
    ...one,
    kind: 'service' as const,
    account: account.name,
    region,
  }));
}

function pickService(input: Input, among: readonly ListedService[], coverage: Coverage): ListedService {
  const { cluster, name } = partsOf(input);
  if (cluster === undefined) return pickForChange(name, among, coverage);
  const inCluster = among.filter((one) => foldName(one.cluster) === foldName(cluster));
  if (inCluster.length === 0 && among.length > 0) refuseUnknownCluster(cluster, among, coverage);
  return pickForChange(name, inCluster, coverage);
}

/** `shop/cart` says the cluster too; an ARN says everything. */
function partsOf({ service, cluster }: Input): { cluster?: string; name: string } {
  const [before, name, ...more] = service.split('/');
  const spelled = !service.startsWith('arn:') && before && name && more.length === 0;
  if (spelled && cluster === undefined) return { cluster: before, name };
  const given = cluster?.startsWith('arn:') ? cluster.slice(cluster.lastIndexOf('/') + 1) : cluster;
  if (spelled && given !== undefined && foldName(given) !== foldName(before)) {
    throw untouched(
      'invalid_arguments',
      `${JSON.stringify(service)} is in the cluster ${before}, and the call says ${JSON.stringify(given)}: which one?`,
    );
  }
  return { ...(given === undefined ? {} : { cluster: given }), name: spelled ? name : service };
}

function refuseUnknownCluster(cluster: string, among: readonly ListedService[], { gaps }: Coverage): never {
  const known = [...new Set(among.map((one) => one.cluster))].sort();
  const blind = gaps[0]?.detail;
  throw untouched(
    'not_found',
    `No cluster ${JSON.stringify(cluster)} runs services. There is ${known.join(', ')}.`,
    {
      mention: cluster,
      candidates: [],
      ...(blind ? { hint: `Not everything could be listed: ${blind}`, unseen: gaps } : {}),
    },
  );
}
