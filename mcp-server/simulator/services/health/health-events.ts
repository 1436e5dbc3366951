import type { Event } from '@aws-sdk/client-health';
import { momentMs } from '../../format/times.ts';
import { uuidOf } from '../../world/deterministic.ts';
import { causedHealth } from '../../world/faults/announced.ts';
import { resolveReference } from '../../world/references.ts';
import type { World } from '../../world/world.ts';

/** An event as AWS Health keeps it, with what it says and touches. */
export type HealthEvent = Event & {
  arn: string;
  startTime: Date;
  lastUpdatedTime: Date;
  description: string;
  /** Ids of the account's resources. */
  affected: string[];
};

/** How long a closed event was open: the file says only when it began. */
const CLOSED_AFTER_MS = 30 * 60_000;

/** The events AWS Health knows of at `now`: those of the file, and those that faults of the run cause. */
export function healthEvents(world: World, now: number): HealthEvent[] {
  return world
    .derive(allEvents)
    .filter(({ startTime, statusCode }) => statusCode === 'upcoming' || startTime.getTime() <= now);
}

function allEvents(world: World): HealthEvent[] {
  const home = world.file.regions[0] ?? '';
  const declared = world.file.health.map((one, index) =>
    eventOf({
      key: `file/${index}`,
      at: momentMs(one.at, world.startMs),
      service: one.service.toUpperCase(),
      region: one.region ?? home,
      ...(one.az === undefined ? {} : { az: one.az }),
      status: one.status,
      code: one.code,
      description: one.description ?? '',
      affected: (one.resources ?? []).map((name) => resolveReference(world, name).id),
    }),
  );
  const caused = causedHealth(world).map(({ fault, event }, index) =>
    eventOf({
      key: `fault/${index}`,
      at: event.at,
      service: event.service,
      region: fault.resource.region ?? home,
      status: event.status,
      code: event.code,
      description: event.description,
      affected: [fault.resource.id],
    }),
  );
  return [...declared, ...caused].sort((a, b) => b.startTime.getTime() - a.startTime.getTime());
}

type Told = {
  key: string;
  at: number;
  service: string;
  region: string;
  az?: string;
  status: 'open' | 'upcoming' | 'closed';
  code?: string | undefined;
  description: string;
  affected: string[];
};

function eventOf(of: Told): HealthEvent {
  const planned = of.status === 'upcoming';
  const code = of.code ?? `AWS_${of.service}_${planned ? 'MAINTENANCE_SCHEDULED' : 'OPERATIONAL_ISSUE'}`;
  const end = of.at + CLOSED_AFTER_MS;
  return {
    arn: `arn:aws:health:${of.region}::event/${of.service}/${code}/${code}_${uuidOf(`${of.key}/${of.at}`)}`,
    service: of.service,
    eventTypeCode: code,
    eventTypeCategory: planned || /SCHEDULED|RETIREMENT/.test(code) ? 'scheduledChange' : 'issue',
    region: of.region,
    ...(of.az === undefined ? {} : { availabilityZone: of.az }),
    startTime: new Date(of.at),
    ...(of.status === 'closed' ? { endTime: new Date(end) } : {}),
    lastUpdatedTime: new Date(of.status === 'closed' ? end : of.at),
    statusCode: of.status,
    eventScopeCode: of.affected.length > 0 ? 'ACCOUNT_SPECIFIC' : 'PUBLIC',
    description: of.description,
    affected: of.affected,
  };
}
