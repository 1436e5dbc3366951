import type { Service } from '@aws-sdk/client-ecs';
import type { Gap } from '../contract/coverage.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';
import { taskDefinitionName } from './ecs-services.ts';
import { lookBeside } from './look.ts';

/** A family's name and one of its revisions: `cart:88`. */
type Revision = { family: string; number: number };

/** The version a service ran before, and what that rests on. */
export type EarlierVersion =
  | {
      kind: 'found';
      /** `cart:87`. */
      taskDefinition: string;
      /** `ran`: the service is known to have run it; `family`: it is the family's revision before. */
      known: 'ran' | 'family';
      gaps: Gap[];
    }
  | { kind: 'none'; gaps: Gap[] };

/** As many deployments as are looked back on, and as many versions as are tried for being active. */
const LOOKED_BACK = 100;
const DESCRIBED_AT_ONCE = 20;
const TRIED = 10;

/**
 * The newest earlier revision of a service's task definition that it ran and that can still be run. ECS knows a
 * service's deployments for 90 days; where it knows none, or they may not be read, the family's own revisions
 * are what is left. Throws the SDK's errors for what it cannot do without.
 */
export async function earlierVersion(cloud: Cloud, place: Place, service: Service): Promise<EarlierVersion> {
  const current = revisionOf(taskDefinitionName(service.taskDefinition));
  if (!current) return { kind: 'none', gaps: [] };
  const { value: history, coverage } = await lookBeside(
    cloud,
    place,
    {
      what: `earlier deployments of ${service.serviceName ?? 'the service'}`,
      action: 'ecs:ListServiceDeployments',
    },
    () => versionsRun(cloud, place, service),
  );
  const beingReplaced = (service.deployments ?? []).map(
    ({ taskDefinition, rolloutState }): VersionRun => ({
      name: taskDefinitionName(taskDefinition),
      cameThrough: rolloutState === 'COMPLETED',
    }),
  );
  const all = [...beingReplaced, ...(history ?? [])];
  const good = all.filter(({ cameThrough }) => cameThrough);
  // One whose deployment failed, or was given up, is gone back to only where none is known to have come through.
  const ran =
    (await newestActive(cloud, place, earlierThan(current, namesOf(good)))) ??
    (await newestActive(cloud, place, earlierThan(current, namesOf(all))));
  if (ran) return { kind: 'found', taskDefinition: ran, known: 'ran', gaps: [] };
  const family = await newestActive(
    cloud,
    place,
    earlierThan(current, await activeRevisions(cloud, place, current)),
  );
  if (!family) return { kind: 'none', gaps: coverage.gaps };
  return { kind: 'found', taskDefinition: family, known: 'family', gaps: coverage.gaps };
}

/** A version that a service was given. `cameThrough`: its deployment is known to have ended well. */
type VersionRun = { name: string; cameThrough: boolean };

function namesOf(versions: readonly VersionRun[]): string[] {
  return versions.map(({ name }) => name);
}

/** The task definitions of a service's deployments. */
async function versionsRun(
  cloud: Cloud,
  { account, region }: Place,
  service: Service,
): Promise<VersionRun[]> {
  const { sdk, client } = await account.connect('ecs', region, 'read');
  const abort = { abortSignal: cloud.signal };
  const { serviceDeployments: deployments = [] } = await client.send(
    new sdk.ListServiceDeploymentsCommand({
      cluster: service.clusterArn,
      service: service.serviceArn,
      maxResults: LOOKED_BACK,
    }),
    abort,
  );
  const revisions = [...new Set(deployments.flatMap((one) => one.targetServiceRevisionArn ?? []))];
  const good = new Set(
    deployments.flatMap((one) => (one.status === 'SUCCESSFUL' ? (one.targetServiceRevisionArn ?? []) : [])),
  );
  const found: VersionRun[] = [];
  for (let at = 0; at < revisions.length; at += DESCRIBED_AT_ONCE) {
    const command = new sdk.DescribeServiceRevisionsCommand({
      serviceRevisionArns: revisions.slice(at, at + DESCRIBED_AT_ONCE),
    });
    const { serviceRevisions = [] } = await client.send(command, abort);
    for (const { serviceRevisionArn: arn = '', taskDefinition } of serviceRevisions) {
      found.push({ name: taskDefinitionName(taskDefinition), cameThrough: good.has(arn) });
    }
  }
  return found;
}

/** The newest of a family's revisions that can be run; a page of them is more than is tried. */
async function activeRevisions(cloud: Cloud, { account, region }: Place, { family }: Revision) {
  const { sdk, client } = await account.connect('ecs', region, 'read');
  const command = new sdk.ListTaskDefinitionsCommand({
    familyPrefix: family,
    status: 'ACTIVE',
    sort: 'DESC',
  });
  const { taskDefinitionArns = [] } = await client.send(command, { abortSignal: cloud.signal });
  return taskDefinitionArns.map(taskDefinitionName);
}

/** Earlier revisions of the same family, each once, newest first. */
function earlierThan(current: Revision, names: readonly string[]): string[] {
  return [...new Set(names)]
    .flatMap((name) => {
      const revision = revisionOf(name);
      return revision?.family === current.family && revision.number < current.number
        ? [{ name, number: revision.number }]
        : [];
    })
    .sort((a, b) => b.number - a.number)
    .map(({ name }) => name);
}

/** ECS refuses to run a version that was deregistered. */
async function newestActive(
  cloud: Cloud,
  { account, region }: Place,
  names: readonly string[],
): Promise<string | null> {
  const { sdk, client } = await account.connect('ecs', region, 'read');
  for (const name of names.slice(0, TRIED)) {
    const command = new sdk.DescribeTaskDefinitionCommand({ taskDefinition: name });
    try {
      const { taskDefinition } = await client.send(command, { abortSignal: cloud.signal });
      if (taskDefinition?.status === 'ACTIVE') return name;
    } catch (error) {
      if (!isDeleted(error)) throw error;
    }
  }
  return null;
}

/** A version that was deleted, not only deregistered, cannot be described any more. */
function isDeleted(error: unknown): boolean {
  return error instanceof Error && error.name === 'ClientException';
}

function revisionOf(name: string): Revision | null {
  const [, family, number] = /^(.+):(\d+)$/.exec(name) ?? [];
  return family && number ? { family, number: Number(number) } : null;
}
