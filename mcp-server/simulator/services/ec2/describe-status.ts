import type {
  DescribeInstanceStatusCommandInput,
  DescribeInstanceStatusCommandOutput,
  InstanceStatus,
  InstanceStatusSummary,
} from '@aws-sdk/client-ec2';
import { momentMs } from '../../format/times.ts';
import { type Call, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { isListed, stateAt } from '../../world/instance-life.ts';
import { type CheckStatus, statusChecks } from '../../world/status-checks.ts';
import { type Instance, instancesIn } from '../../world/world.ts';
import { knownInstances } from './instance-ids.ts';
import { stateShape } from './instance-shape.ts';

const PAGE_SIZE = 1000;

export const describeInstanceStatus = read<
  DescribeInstanceStatusCommandInput,
  Omit<DescribeInstanceStatusCommandOutput, '$metadata'>
>((input, call) => {
  const ids = input.InstanceIds ?? [];
  const listed =
    ids.length > 0
      ? knownInstances(ids, call)
      : instancesIn(call.world, call.region).filter((one) => isListed(one.life, call.now));
  const shown = listed.filter(
    (one) => input.IncludeAllInstances === true || stateAt(one.life, call.now) === 'running',
  );
  const tests = (input.Filters ?? []).map((filter) => statusFilter(filter.Name ?? '', filter.Values ?? []));
  const statuses = shown
    .map((one) => statusShape(one, call))
    .filter((one) => tests.every((test) => test(one)));
  const { items, next } = page(statuses, {
    size: input.MaxResults ?? PAGE_SIZE,
    token: input.NextToken,
    question: questionOf(input, 'NextToken', 'MaxResults'),
    badToken: 'InvalidNextToken',
  });
  return { InstanceStatuses: items, ...(next !== undefined && { NextToken: next }) };
});

const STATUS_FIELDS: Readonly<Record<string, (status: InstanceStatus) => string | undefined>> = {
  'instance-state-name': (one) => one.InstanceState?.Name,
  'instance-status.status': (one) => one.InstanceStatus?.Status,
  'system-status.status': (one) => one.SystemStatus?.Status,
  'availability-zone': (one) => one.AvailabilityZone,
};

function statusFilter(filterName: string, values: readonly string[]): (status: InstanceStatus) => boolean {
  const field = Object.hasOwn(STATUS_FIELDS, filterName) ? STATUS_FIELDS[filterName] : undefined;
  if (field === undefined)
    throw new Refusal('InvalidParameterValue', `The filter '${filterName}' is invalid`);
  return (status) => values.includes(field(status) ?? '');
}

function statusShape(instance: Instance, call: Call): InstanceStatus {
  const checks = statusChecks(call.world, instance, call.now);
  return {
    InstanceId: instance.id,
    AvailabilityZone: instance.az,
    InstanceState: stateShape(stateAt(instance.life, call.now) ?? 'terminated'),
    SystemStatus: summary(checks.system),
    InstanceStatus: summary(checks.instance, checks.impairedSince),
    Events: plannedEvents(instance, call),
  };
}

/** `reachability` passes, fails or is not known yet, as the check as a whole does. */
const REACHABILITY = {
  ok: 'passed',
  impaired: 'failed',
  initializing: 'initializing',
} as const satisfies Partial<Record<CheckStatus, string>>;

function summary(status: CheckStatus, impairedSince?: number): InstanceStatusSummary {
  if (status === 'not-applicable') return { Status: status };
  return {
    Status: status,
    Details: [
      {
        Name: 'reachability',
        Status: REACHABILITY[status],
        ...(impairedSince !== undefined && { ImpairedSince: new Date(impairedSince) }),
      },
    ],
  };
}

/** Health events of the file that name the instance. */
function plannedEvents(instance: Instance, { world, now }: Call): InstanceStatus['Events'] {
  return world.file.health
    .filter((event) => event.status !== 'closed' && momentMs(event.at, world.startMs) <= now)
    .filter((event) => event.resources?.some((one) => one === instance.id || one === instance.name) === true)
    .map((event) => ({
      Code: 'system-maintenance' as const,
      Description: event.description ?? `${event.service} event`,
      NotBefore: new Date(momentMs(event.at, world.startMs)),
    }));
}
