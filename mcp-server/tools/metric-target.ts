import type { Place } from '../cloud/account.ts';
import { readAlarms } from '../cloud/alarms.ts';
import { CallFailure, untouched } from '../cloud/call-failure.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import { joined, lookOnce } from '../cloud/look.ts';
import { lookForMetrics } from '../cloud/metric-list.ts';
import { placeOf, type Resolver } from '../cloud/resolve.ts';
import type { Coverage } from '../contract/coverage.ts';
import type { DirectoryEntry } from '../contract/directory.ts';
import { METRIC_PLACES, type MetricPlace, metricPlaceOf } from './metric-rules.ts';

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
  const { found, matched } = await resolveForMetric(cloud, query, query.resource, how);
  const place = await placeOf(cloud, found);
  const common = {
    place,
    resource: { id: found.id, name: found.name },
    closeTo: matched === 'close' ? query.resource : null,
    metric: query.metric,
  };
  const series = found.kind === 'alarm' ? await alarmSeries(cloud, place, found, query) : null;
  if (series) return { targets: [{ ...common, ...series }], coverage: NOTHING_LISTED };
  const { all, coverage } = await seriesOf(cloud, place, found, query);
  return { targets: all.map((one) => ({ ...common, ...one })), coverage };
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

type Series = Pick<MetricTarget, 'namespace' | 'dimensions' | 'guessed'>;

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

async function seriesOf(
  cloud: Cloud,
  place: Place,
  found: DirectoryEntry,
  query: MetricQuery,
): Promise<{ all: Series[]; coverage: Coverage }> {
  const rule = metricPlaceOf(found.kind, query.metric);
  if (!rule) {
    throw untouched(
      'invalid_arguments',
      `It is not known where CloudWatch keeps metrics of a ${found.kind}.`,
      {
        hint: 'Give a namespace and dimensions.',
      },
    );
  }
  const namespace = query.namespace ?? rule.namespace;
  const plain = { namespace, dimensions: query.dimensions ?? ownDimensions(rule, found) };
  if (query.dimensions || (!rule.more && !rule.path)) return { all: [plain], coverage: NOTHING_LISTED };
  const wanted = {
    namespace,
    metric: query.metric,
    dimensions: { [rule.dimension]: rule.path ? undefined : found.id },
  };
  const what = `${query.metric} of ${found.name}`;
  const { metrics, coverage } = await lookForMetrics(cloud, place, what, wanted);
  const listed = metrics.filter(({ dimensions }) => isOf(rule, dimensions, found.id));
  if (listed.length === 0) {
    return { all: [coverage.gaps.length > 0 ? { ...plain, guessed: true } : plain], coverage };
  }
  // A load balancer's own series stands beside those of its zones and target groups.
  if (rule.path) {
    const own = listed.find(({ dimensions }) => Object.keys(dimensions).length === 1);
    return { all: [{ namespace, dimensions: (own ?? listed[0] ?? plain).dimensions }], coverage };
  }
  return { all: listed.map(({ dimensions }) => ({ namespace, dimensions })), coverage };
}

function isOf(rule: MetricPlace, dimensions: Record<string, string>, id: string): boolean {
  const value = dimensions[rule.dimension];
  if (value === undefined || !rule.path) return value === id;
  return value === id || value.split('/')[1] === id;
}

function ownDimensions(rule: MetricPlace, { id, parent }: DirectoryEntry): Record<string, string> {
  return { [rule.dimension]: id, ...(rule.parent && parent ? { [rule.parent]: parent } : {}) };
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
    return await resolve(mention, query, null);
  } catch (error) {
    if (!searching || !(error instanceof CallFailure) || error.failure.code !== 'not_found') throw error;
    const { entry, coverage } = await namedByMetrics(cloud, query, mention);
    if (!entry) throw withUnlisted(error, coverage);
    return { found: entry, matched: 'exact' as const };
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
): Promise<{ entry: DirectoryEntry | null; coverage: Coverage }> {
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
      return { entry: listed ? entryOf(mention, rule, place, listed.dimensions) : null, coverage };
    }),
  );
  const seen = await Promise.all(looks);
  return {
    entry: seen.find(({ entry }) => entry !== null)?.entry ?? null,
    coverage: joined(...seen.map(({ coverage }) => coverage)),
  };
}

function entryOf(
  mention: string,
  rule: MetricPlace,
  { account, region }: Place,
  dimensions: Record<string, string>,
): DirectoryEntry {
  const parent = rule.parent && dimensions[rule.parent];
  return {
    kind: rule.kind,
    id: mention,
    name: mention,
    account: account.name,
    region,
    ...(parent ? { parent } : {}),
  };
}
