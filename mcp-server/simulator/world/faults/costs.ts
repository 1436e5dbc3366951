import type { Reference, ReferenceKind } from '../references.ts';
import type { World } from '../world.ts';
import { allFaults } from './course.ts';
import type { Fault } from './fault.ts';

/** One line of a bill. `day`: `YYYY-MM-DD`, UTC; `amount`: US dollars. */
export type CostLine = {
  day: string;
  account: string;
  service: string;
  region: string;
  usageType: string;
  amount: number;
  tags: Readonly<Record<string, string>>;
};

const DAY_MS = 86_400_000;
/** A spike costs so many times the usual on top of it, at full severity. */
const EXTRA = 6;
/** Days before the spike that tell what is usual. */
const USUAL_DAYS = 14;

/** Of what a day of the whole bill costs, where a service appears on it for the first time. */
const NEW_SERVICE_SHARE = 0.05;

/** Services of a bill by what runs on them, and how a service is called that is not on it yet. */
const SERVICES: Readonly<Partial<Record<ReferenceKind, { known: RegExp; otherwise: string }>>> = {
  instance: { known: /EC2|Elastic Compute/i, otherwise: 'AmazonEC2' },
  auto_scaling_group: { known: /EC2|Elastic Compute/i, otherwise: 'AmazonEC2' },
  function: { known: /Lambda/i, otherwise: 'AWSLambda' },
  service: { known: /ECS|Container Service|Fargate/i, otherwise: 'AmazonECS' },
  database: { known: /RDS|Relational Database/i, otherwise: 'AmazonRDS' },
  load_balancer: { known: /Load Balancing|ELB/i, otherwise: 'AWSELB' },
  api: { known: /API ?Gateway/i, otherwise: 'AmazonApiGateway' },
  cluster: { known: /EKS|Kubernetes|ECS|Container Service/i, otherwise: 'AmazonEKS' },
};

/**
 * A bill with what `cost_spike` faults add to it up to `now` (epoch milliseconds): of the service a fault
 * concerns, the usage that costs most goes up for the share of each day that the fault is there.
 */
export function costsAfterFaults(world: World, lines: readonly CostLine[], now: number): readonly CostLine[] {
  return allFaults(world)
    .filter(({ rule }) => rule.kind === 'cost_spike')
    .reduce((bill, fault) => withSpike(bill, fault, now), lines);
}

function withSpike(lines: readonly CostLine[], fault: Fault, now: number): readonly CostLine[] {
  const usage =
    costliest(
      lines.filter((line) => concerns(line, fault.resource, fault.entry.on)),
      fault.at,
    ) ?? newUsage(lines, fault);
  if (usage === undefined) return lines;
  const extra = new Map(
    spikedDays(fault, now).map(({ day, share }) => [day, usage.usual * EXTRA * fault.severity * share]),
  );
  const raised = lines.map((line) => {
    const more = sameUsage(line, usage.line) ? extra.get(line.day) : undefined;
    if (more === undefined) return line;
    // Once a day, though the bill may have the usage in several lines.
    extra.delete(line.day);
    return { ...line, amount: line.amount + more };
  });
  // Days the bill does not have yet.
  return [...raised, ...[...extra].map(([day, amount]) => ({ ...usage.line, day, amount }))];
}

function concerns(line: CostLine, { kind, region }: Reference, on: string): boolean {
  const wanted = on.toLowerCase();
  if (kind === 'external') {
    return [line.service, line.usageType, ...Object.values(line.tags)].some(
      (text) => text.toLowerCase() === wanted,
    );
  }
  return (
    SERVICES[kind]?.known.test(line.service) === true && (region === undefined || line.region === region)
  );
}

function sameUsage(a: CostLine, b: CostLine): boolean {
  return (['account', 'service', 'region', 'usageType'] as const).every((key) => a[key] === b[key]);
}

/** A line of the bill to raise, and what it usually costs a day. */
type Usage = { line: CostLine; usual: number };

/** A service that was not on the bill so far; undefined for an empty bill. */
function newUsage(lines: readonly CostLine[], { resource, entry }: Fault): Usage | undefined {
  const [first] = lines;
  if (first === undefined) return undefined;
  const total =
    lines.reduce((sum, { amount }) => sum + amount, 0) / new Set(lines.map(({ day }) => day)).size;
  const service = SERVICES[resource.kind]?.otherwise ?? entry.on;
  const region = resource.region ?? first.region;
  return {
    line: { ...first, service, region, usageType: 'Usage', tags: {} },
    usual: total * NEW_SERVICE_SHARE,
  };
}

/** The usage that costs most of those, and what it usually costs a day. */
function costliest(lines: readonly CostLine[], at: number): Usage | undefined {
  const from = dayOf(at - USUAL_DAYS * DAY_MS);
  const recent = lines.filter(({ day }) => day >= from && day < dayOf(at));
  const before = recent.length > 0 ? recent : lines;
  const byUsage = Map.groupBy(before, ({ account, service, region, usageType }) =>
    JSON.stringify([account, service, region, usageType]),
  );
  const totals = [...byUsage.values()].flatMap((all) => {
    const [line] = all;
    const total = all.reduce((sum, { amount }) => sum + amount, 0);
    return line === undefined ? [] : [{ line, usual: total / new Set(all.map(({ day }) => day)).size }];
  });
  return totals.sort((a, b) => b.usual - a.usual)[0];
}

/** The days a fault is there by now, and which share of each. */
function spikedDays({ spans }: Fault, now: number): { day: string; share: number }[] {
  return spans.flatMap(({ from, to }) => {
    const end = Math.min(to, now);
    if (end <= from) return [];
    const days: { day: string; share: number }[] = [];
    for (let start = Math.floor(from / DAY_MS) * DAY_MS; start < end; start += DAY_MS) {
      const share = (Math.min(end, start + DAY_MS) - Math.max(from, start)) / DAY_MS;
      days.push({ day: dayOf(start), share });
    }
    return days;
  });
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
