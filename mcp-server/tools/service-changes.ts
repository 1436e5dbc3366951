import type { Service } from '@aws-sdk/client-ecs';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { taskDefinitionName } from '../cloud/ecs-services.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { placeOf } from '../cloud/resolve.ts';
import type { Facts, PlannedChange } from '../contract/proposal.ts';
import { awsLine } from './cli-line.ts';
import { readService, type TargetService } from './service-target.ts';
import type { Observed, Seen } from './tool.ts';

/** What a change of a service rests on beside its facts: what it is, which does not change by itself. */
export type ServiceDetail = Pick<TargetService, 'place' | 'listed' | 'surroundings'> & {
  name: string;
  status: string;
  /** Who deploys it. */
  controller: string;
  scheduling: string;
};

export type At = { account: string; region: string };

/** The newest deployment: what ECS is bringing in, or has brought in. */
export function primaryOf({ deployments = [] }: Service) {
  return deployments.find(({ status }) => status === 'PRIMARY');
}

export function observedService(
  { place, listed, service, population, surroundings }: TargetService,
  facts: Facts,
): Observed<ServiceDetail> {
  const { kind, id, name, arn } = listed;
  return {
    account: place.account.name,
    region: place.region,
    // One that protects a cluster means what runs in it.
    states: [{ kind, id, name, arn, facts, takes: [listed.cluster] }],
    population,
    detail: {
      place,
      listed,
      surroundings,
      name,
      status: service.status ?? 'unknown',
      controller: service.deploymentController?.type ?? 'ECS',
      scheduling: service.schedulingStrategy ?? 'REPLICA',
    },
  };
}

/** The one service of an observation. Throws `CallFailure` for one that is being deleted. */
export function serviceOf({ states: [target], detail }: Observed<ServiceDetail>) {
  if (!target) throw untouched('not_found', 'There is no such service.');
  const { status } = detail;
  if (status !== 'ACTIVE') {
    throw untouched(
      'invalid_state',
      `${target.name} is ${status}: it is being deleted and cannot be changed.`,
    );
  }
  return target;
}

/** ECS follows and makes only its own deployments; others are made where they come from. */
export function refuseForeignDeployments({ name, controller }: ServiceDetail): void {
  switch (controller) {
    case 'ECS':
      return;
    case 'CODE_DEPLOY':
      throw untouched(
        'invalid_state',
        `${name} is deployed by CodeDeploy: ECS makes no deployment of it itself.`,
        {
          hint: 'Make, or roll back, a deployment in CodeDeploy.',
        },
      );
    default:
      throw untouched('invalid_state', `${name} is deployed by something outside ECS (${controller}).`, {
        hint: 'Make the deployment where the others come from.',
      });
  }
}

/** What an UpdateService changes beside the service it is for. */
type Update = { forceNewDeployment?: boolean; desiredCount?: number; taskDefinition?: string };

/** The same as an `aws` command; `option` says what is updated. */
export function updateLine({ place, listed, name }: ServiceDetail, ...option: string[]): string {
  const of = ['--cluster', listed.cluster, '--service', name];
  return awsLine(place, 'ecs', 'update-service', ...of, ...option);
}

/** Asks ECS once. Throws `CallFailure`. */
export async function updateService(
  { arguments: given }: PlannedChange,
  at: At,
  cloud: Cloud,
  update: Update,
): Promise<void> {
  const place = await placeOf(cloud, at);
  const { sdk, client } = await place.account.connect('ecs', place.region, 'change');
  try {
    await client.send(
      new sdk.UpdateServiceCommand({
        cluster: String(given.cluster),
        service: String(given.service),
        ...update,
      }),
    );
  } catch (error) {
    throw asFailure(error, { action: 'ecs:UpdateService', place }, 'change');
  }
}

/** Looks at the service of a change; `judge` says how far it has come. */
export async function seenService(
  { targets: [target], arguments: given }: PlannedChange,
  at: At,
  cloud: Cloud,
  judge: (service: Service, was: Facts) => Pick<Seen, 'facts' | 'result'>,
): Promise<Seen[]> {
  if (!target) throw new TypeError('a service is the target');
  const { id, name, was } = target;
  const place = await placeOf(cloud, at);
  const of = { cluster: String(given.cluster), name: String(given.service) };
  const service = await readService(cloud, place, of);
  return [service ? { id, name, ...judge(service, was) } : { id, name, facts: {}, result: 'not_seen' }];
}

/** How far a service's newest deployment has come. */
export function rolloutOf(service: Service): Pick<Seen, 'facts' | 'result'> {
  const primary = primaryOf(service);
  const { deployments = [], runningCount: running = 0, desiredCount: desired = 0 } = service;
  const facts = {
    task_definition: taskDefinitionName(service.taskDefinition),
    rollout: primary?.rolloutState ?? 'unknown',
    running,
  };
  // Services whose rollout ECS does not follow have come to rest when the newest deployment is alone.
  const rested = primary?.rolloutState
    ? primary.rolloutState === 'COMPLETED'
    : deployments.length === 1 && running === desired;
  return { facts, result: rested ? 'done' : 'in_progress' };
}
