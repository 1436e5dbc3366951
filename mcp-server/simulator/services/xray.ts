import type { Edge, GetServiceGraphCommandInput, Service } from '@aws-sdk/client-xray';
import { type Call, type Operations, read } from '../wire/operation.ts';
import { page, questionOf } from '../wire/paging.ts';
import { Refusal } from '../wire/service-exception.ts';
import { hash32 } from '../world/deterministic.ts';
import { distressOf } from '../world/distress.ts';
import { stateAt } from '../world/instance-life.ts';
import { type Reference, type ReferenceKind, referenceKey, resolveReference } from '../world/references.ts';
import type { World } from '../world/world.ts';

/** X-Ray looks at six hours at most. */
const LONGEST_MS = 6 * 3_600_000;
const PAGE_SIZE = 100;

const TYPES: Readonly<Record<ReferenceKind, string>> = {
  instance: 'AWS::EC2::Instance',
  load_balancer: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  auto_scaling_group: 'AWS::AutoScaling::AutoScalingGroup',
  function: 'AWS::Lambda::Function',
  service: 'AWS::ECS::Service',
  database: 'AWS::RDS::DBInstance',
  api: 'AWS::ApiGateway::Stage',
  deployment: 'AWS::EKS::Container',
  cluster: 'AWS::EKS::Cluster',
  external: 'remote',
};

type Graph = { nodes: Reference[]; edges: { from: string; to: string }[] };

export const XRAY: Operations = {
  GetServiceGraph: read((input: GetServiceGraphCommandInput, call) => {
    const from = input.StartTime?.getTime() ?? Number.NaN;
    const to = input.EndTime?.getTime() ?? Number.NaN;
    if (!(from < to)) throw new Refusal('InvalidRequestException', 'Start time must be before end time.');
    if (to - from > LONGEST_MS) {
      throw new Refusal('InvalidRequestException', 'Time range cannot be longer than 6 hours.');
    }
    const graph = call.world.derive(buildGraph);
    const here = graph.nodes.filter((one) => regionsOf(graph, one, call).includes(call.region));
    const ids = new Map(here.map((one, index) => [referenceKey(one), index]));
    const services = here.map((one) => serviceShape(one, graph, ids, { from, to }, call));
    const { items, next } = page(services, {
      size: PAGE_SIZE,
      token: input.NextToken,
      question: questionOf(input, 'NextToken'),
      badToken: 'InvalidRequestException',
    });
    return {
      StartTime: input.StartTime,
      EndTime: input.EndTime,
      ContainsOldGroupVersions: false,
      Services: items,
      ...(next !== undefined && { NextToken: next }),
    };
  }),
};

/** Who calls whom: what the file says, and each load balancer its targets. */
function buildGraph(world: World): Graph {
  const nodes = new Map<string, Reference>();
  const edges = new Map<string, { from: string; to: string }>();
  const link = (from: Reference, to: Reference) => {
    const edge = { from: referenceKey(from), to: referenceKey(to) };
    nodes.set(edge.from, from).set(edge.to, to);
    edges.set(`${edge.from} ${edge.to}`, edge);
  };
  for (const { from, to } of world.file.dependencies) {
    link(resolveReference(world, from), resolveReference(world, to));
  }
  for (const balancer of world.file.elb) {
    const from = resolveReference(world, balancer.name);
    for (const target of balancer.targets) link(from, resolveReference(world, target.id));
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** A resource is seen where it is, and what is outside the file where those are that it talks with. */
function regionsOf(graph: Graph, node: Reference, { world }: Call): string[] {
  if (node.region !== undefined) return [node.region];
  const key = referenceKey(node);
  const neighbours = graph.edges
    .filter((edge) => edge.from === key || edge.to === key)
    .map((edge) => (edge.from === key ? edge.to : edge.from));
  const regions = graph.nodes.flatMap((one) =>
    neighbours.includes(referenceKey(one)) ? (one.region ?? []) : [],
  );
  return regions.length > 0 ? regions : world.file.regions.slice(0, 1);
}

type Range = { from: number; to: number };

function serviceShape(
  node: Reference,
  graph: Graph,
  ids: ReadonlyMap<string, number>,
  range: Range,
  call: Call,
): Service {
  const key = referenceKey(node);
  const times = { StartTime: new Date(range.from), EndTime: new Date(range.to) };
  const edges = graph.edges.flatMap((edge): Edge[] => {
    const to = ids.get(edge.to);
    const called = graph.nodes.find((one) => referenceKey(one) === edge.to);
    if (edge.from !== key || to === undefined || called === undefined) return [];
    return [{ ReferenceId: to, ...times, SummaryStatistics: statistics(called, range, call), Aliases: [] }];
  });
  return {
    ReferenceId: ids.get(key) ?? 0,
    Name: node.name,
    Names: [...new Set([node.name, node.id])],
    Root: !graph.edges.some((edge) => edge.to === key),
    Type: TYPES[node.kind],
    State: node.kind === 'external' ? 'unknown' : 'active',
    AccountId: call.account,
    ...times,
    Edges: edges,
    SummaryStatistics: statistics(node, range, call),
  };
}

const REQUESTS_A_MINUTE = 60;

/** Requests in the range, how many of them failed, and how long they took. */
function statistics(node: Reference, { from, to }: Range, { world, now }: Call) {
  const end = Math.min(to, now);
  const minutes = Math.max(0, end - from) / 60_000;
  const perMinute = REQUESTS_A_MINUTE + (hash32(node.id) % REQUESTS_A_MINUTE);
  const total = isIdle(world, node, from, end) ? 0 : Math.round(minutes * perMinute);
  let failedShare = 0;
  let slowness = 0;
  for (const one of distressOf(world, node)) {
    const share = Math.max(0, Math.min(end, one.to) - Math.max(from, one.from)) / Math.max(1, end - from);
    failedShare += share * one.errors;
    slowness += share * one.latency;
  }
  const faults = Math.round(total * Math.min(1, failedShare));
  const usualSeconds = 0.02 + (hash32(`${node.id}/latency`) % 80) / 1000;
  return {
    TotalCount: total,
    OkCount: total - faults,
    ErrorStatistics: { ThrottleCount: 0, OtherCount: 0, TotalCount: 0 },
    FaultStatistics: { OtherCount: faults, TotalCount: faults },
    TotalResponseTime: total * usualSeconds * (1 + 9 * slowness),
  };
}

/** An instance that was not running at either end of the range is taken not to have run in it. */
function isIdle(world: World, node: Reference, from: number, to: number): boolean {
  const life = world.instances.get(node.id)?.life;
  return life !== undefined && [from, to].every((at) => stateAt(life, at) !== 'running');
}
