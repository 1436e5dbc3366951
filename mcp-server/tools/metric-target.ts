import type { Place } from '../cloud/account.ts';
import { readAlarms } from '../cloud/alarms.ts';
import { CallFailure, untouched } from '../cloud/call-failure.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import { balancerDimension } from '../cloud/load-balancers.ts';
import { joined, lookOnce } from '../cloud/look.ts';
import { lookForMetrics } from '../cloud/metric-list.ts';
import { placeOf, type Resolver } from '../cloud/resolve.ts';
import type { Coverage } from '../contract/coverage.ts';
import type { DirectoryEntry } from '../contract/directory.ts';
import { METRIC_PLACES, type MetricPlace, metricPlaceOf } from './metric-rules.ts';
import { replicasMeant } from './replica-lag.ts';

type MetricQuery = Whereabouts & {
  resource?: string | undefined;
  metric: string;
  namespace?: string | undefined;
  dimensions?: Record<string, string> | undefined;
};

/** One series to read: which, where, and of which resource it is. */
export type MetricTarget = {
  place: Place;
  resource: { id: string; name: string } | null;
  /** What was said, when the resource is only close to it. */
  closeTo: string | null;
  namespace: string;
  metric: string;
  dimensions: Record<string, string>;
  /** The metric may carry other dimensions, which could not be looked up: no data here does not mean none. */
  guessed?: true;
};

type MetricTargets = { targets: MetricTarget[]; coverage: Coverage };

const NOTHING_LISTED: Coverage = { looked_at: [], gaps: [] };

/** `searching`: whether a name the directory does not have is worth a search through the metrics. */
type Resolving = { resolve: Resolver; searching: boolean };

/** Finds out which series a query means. One query can mean several: a disk metric of each disk. Throws `CallFailure`. */
export async function metricTargets(
  cloud: Cloud,
  query: MetricQuery,
  how: Resolving,
): Promise<MetricTargets> {
  if (query.resource === undefined) return withoutResource(cloud, query);
  const { found, matched, rule } = await resolveForMetric(cloud, query, query.resource, how);
  const place = await placeOf(cloud, found);
  const common = {
    place,
    resource: { id: found.id, name: found.name },
    closeTo: matched === 'close' ? query.resource : null,
    metric: query.metric,
  };
  const series = found.kind === 'alarm' ? await alarmSeries(cloud, place, found, query) : null;
  if (series) return { targets: [{ ...common, ...series }], coverage: NOTHING_LISTED };
  const meant = await replicasMeant(cloud, place, found, query.metric);
  const { all, coverage } = await seriesOf(cloud, place, found, query, rule);
  const targets = all.map((one) => ({ ...common, ...one }));
  if (meant.replicas.length === 0 || query.dimensions)
    return { targets, coverage: joined(meant.coverage, coverage) };
  return {
    targets: meant.replicas.flatMap((id) =>
      targets.map((one) => ({
        ...one,
        resource: { id, name: id },
        dimensions: { DBInstanceIdentifier: id },
      })),
    ),
    coverage: meant.coverage,
  };
}

async function withoutResource(cloud: Cloud, query: MetricQuery): Promise<MetricTargets> {
  const { metric, namespace, dimensions = {} } = query;
  if (!namespace) {
    throw untouched('invalid_arguments', `Which ${metric}? Name a resource, or a namespace with dimensions.`);
  }
  const { open, gaps } = await cloud.places(query);
  return {
    targets: open.map((place) => ({ place, resource: null, closeTo: null, namespace, metric, dimensions })),
    coverage: { looked_at: [], gaps },
  };
}

/** `metric`: where it is not called what was said. */
type Series = Pick<MetricTarget, 'namespace' | 'dimensions' | 'guessed'> & { metric?: string };

/** An alarm stands for what it watches. */
async function alarmSeries(
  cloud: Cloud,
  place: Place,
  alarm: DirectoryEntry,
  query: MetricQuery,
): Promise<Series> {
  const alarms = await lookOnce(place, 'cloudwatch:DescribeAlarms', () => readAlarms(cloud, place));
  const watched = alarms.find((one) => one.name === alarm.id);
  if (!watched?.namespace) throw untouched('not_found', `The alarm ${alarm.name} watches no single metric.`);
  return {
    namespace: query.namespace ?? watched.namespace,
    dimensions: query.dimensions ?? watched.dimensions,
  };
}

/** @param named how the resource was found, when it was by its metrics */
async function seriesOf(
  cloud: Cloud,
  place: Place,
  found: DirectoryEntry,
  query: MetricQuery,
  named?: MetricPlace,
): Promise<{ all: Series[]; coverage: Coverage }> {
  const rule = named ?? metricPlaceOf(found, query.metric);
  if (!rule) {
    throw untouched(
      'invalid_arguments',
      `It is not known where CloudWatch keeps metrics of a ${found.kind}.`,
      {
        hint: 'Give a namespace and dimensions.',
      },
    );
  }
  // A load balancer's ARN says how CloudWatch names it, and which kind it is.
  const known = rule.path && found.arn ? balancerDimension(found.arn) : null;
  const namespace = query.namespace ?? (known && BALANCER_NAMESPACES[known.slice(0, 3)]) ?? rule.namespace;
  const own = known ? { [rule.dimension]: known } : ownDimensions(rule, found);
  const metric = rule.spelled?.[query.metric] ?? query.metric;
  const plain = { namespace, metric, dimensions: query.dimensions ?? own };
  const isPlain = known ? !rule.within : !rule.more && !rule.path;
  if (query.dimensions || isPlain) return { all: [plain], coverage: NOTHING_LISTED };
  const wanted = {
    namespace,
    metric,
    dimensions: { [rule.dimension]: known ?? (rule.path ? undefined : found.id) },
  };
  const what = `${metric} of ${found.name}`;
  const { metrics, coverage } = await lookForMetrics(cloud, place, what, wanted);
  const listed = metrics
    .map(({ dimensions }) => dimensions)
    .filter((dimensions) => isOf(rule, dimensions, known ?? found.id));
  if (listed.length === 0) {
    return { all: [coverage.gaps.length > 0 ? { ...plain, guessed: true } : plain], coverage };
  }
  return { all: chosen(rule, listed).map((dimensions) => ({ namespace, metric, dimensions })), coverage };
}

const BALANCER_NAMESPACES: Readonly<Record<string, string>> = {
  app: 'AWS/ApplicationELB',
  net: 'AWS/NetworkELB',
  gwy: 'AWS/GatewayELB',
};

/** A load balancer's own series stands beside those of its zones and target groups. */
function chosen(rule: MetricPlace, listed: Record<string, string>[]): Record<string, string>[] {
  if (!rule.path) return listed;
  const own = listed.filter((dimensions) => Object.keys(dimensions).length === 1);
  const { within } = rule;
  const inside = listed.filter(
    (dimensions) => within && within in dimensions && Object.keys(dimensions).length === 2,
  );
  if (own.length > 0 && (inside.length === 0 || rule.dimension === 'LoadBalancer')) return own;
  return inside.length > 0 ? inside : listed.slice(0, 1);
}

function isOf(rule: MetricPlace, dimensions: Record<string, string>, id: string): boolean {
  const value = dimensions[rule.dimension];
  if (value === undefined || !rule.path) return value === id;
  return value === id || value.split('/')[1] === id;
}

function ownDimensions(rule: MetricPlace, { id, name, parent }: DirectoryEntry): Record<string, string> {
  return {
    [rule.dimension]: rule.named ? name : id,
    ...(rule.parent && parent ? { [rule.parent]: parent } : {}),
  };
}

/**
 * A resource by the directory; one it does not list (a database: its service is not read yet) by the metrics
 * that carry its name.
 */
async function resolveForMetric(
  cloud: Cloud,
  query: MetricQuery,
  mention: string,
  { resolve, searching }: Resolving,
) {
  try {
    return { ...(await resolve(mention, query, null)), rule: undefined };
  } catch (error) {
    if (!searching || !(error instanceof CallFailure) || error.failure.code !== 'not_found') throw error;
    const { named, coverage } = await namedByMetrics(cloud, query, mention);
    if (!named) throw withUnlisted(error, coverage);
    return { found: named.entry, matched: 'exact' as const, rule: named.rule };
  }
}

/** A name that is nowhere may yet stand where nobody could look. */
function withUnlisted({ failure }: CallFailure, { gaps }: Coverage): CallFailure {
  const [gap] = gaps;
  if (!gap) return new CallFailure(failure);
  const hint = [failure.hint, `Not every metric could be listed: ${gap.detail}`].filter(Boolean).join(' ');
  return new CallFailure({ ...failure, hint });
}

async function namedByMetrics(
  cloud: Cloud,
  query: MetricQuery,
  mention: string,
): Promise<{ named: { entry: DirectoryEntry; rule: MetricPlace } | null; coverage: Coverage }> {
  const rules = METRIC_PLACES.filter((rule) => rule.metrics?.test(query.metric) ?? true);
  const { open } = await cloud.places(query);
  const looks = open.flatMap((place) =>
    rules.map(async (rule) => {
      const wanted = {
        namespace: rule.namespace,
        metric: query.metric,
        dimensions: { [rule.dimension]: rule.path ? undefined : mention },
      };
      const what = `${query.metric} of ${mention}`;
      const { metrics, coverage } = await lookForMetrics(cloud, place, what, wanted);
      const listed = metrics.find(({ dimensions }) => isOf(rule, dimensions, mention));
      return {
        named: listed ? { entry: entryOf(mention, rule, place, listed.dimensions), rule } : null,
        coverage,
      };
    }),
  );
  const seen = await Promise.all(looks);
  return {
    named: seen.find(({ named }) => named !== null)?.named ?? null,
    coverage: joined(...seen.map(({ coverage }) => coverage)),
  };
}

function entryOf(
  mention: string,
  rule: MetricPlace,
  { account, region }: Place,
  dimensions: Record<string, string>,
): DirectoryEntry {
  const parent = rule.type ?? (rule.parent && dimensions[rule.parent]);
  return {
    kind: rule.kind,
    id: mention,
    name: mention,
    account: account.name,
    region,
    ...(parent ? { parent } : {}),
  };
}
