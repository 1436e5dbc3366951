import type { Place } from '../cloud/account.ts';
import { readAlarms } from '../cloud/alarms.ts';
import { CallFailure, untouched } from '../cloud/call-failure.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import { lookBeside, lookOnce } from '../cloud/look.ts';
import { listMetrics } from '../cloud/metric-list.ts';
import { placeOf, type Resolver } from '../cloud/resolve.ts';
import type { DirectoryEntry } from '../contract/directory.ts';
import { METRIC_PLACES, type MetricPlace, metricPlaceOf } from './metric-rules.ts';

export type MetricQuery = Whereabouts & {
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
};

/** `searching`: whether a name the directory does not have is worth a search through the metrics. */
export type Resolving = { resolve: Resolver; searching: boolean };

/** Finds out which series a query means. One query can mean several: a disk metric of each disk. Throws `CallFailure`. */
export async function metricTargets(
  cloud: Cloud,
  query: MetricQuery,
  how: Resolving,
): Promise<MetricTarget[]> {
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
  if (series) return [{ ...common, ...series }];
  return (await seriesOf(cloud, place, found, query)).map((one) => ({ ...common, ...one }));
}

async function withoutResource(cloud: Cloud, query: MetricQuery): Promise<MetricTarget[]> {
  const { metric, namespace, dimensions = {} } = query;
  if (!namespace) {
    throw untouched('invalid_arguments', `Which ${metric}? Name a resource, or a namespace with dimensions.`);
  }
  const places = await cloud.places(query);
  return places.map((place) => ({ place, resource: null, closeTo: null, namespace, metric, dimensions }));
}

type Series = Pick<MetricTarget, 'namespace' | 'dimensions'>;

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
): Promise<Series[]> {
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
  if (query.dimensions || (!rule.more && !rule.path)) return [plain];
  const wanted = {
    namespace,
    metric: query.metric,
    dimensions: { [rule.dimension]: rule.path ? undefined : found.id },
  };
  const { value } = await lookBeside(
    cloud,
    place,
    { what: 'metrics', action: 'cloudwatch:ListMetrics' },
    () => listMetrics(cloud, place, wanted),
  );
  const listed = (value ?? []).filter(({ dimensions }) => isOf(rule, dimensions, found.id));
  if (listed.length === 0) return [plain];
  // A load balancer's own series stands beside those of its zones and target groups.
  if (rule.path) {
    const own = listed.find(({ dimensions }) => Object.keys(dimensions).length === 1);
    return [{ namespace, dimensions: (own ?? listed[0] ?? plain).dimensions }];
  }
  return listed.map(({ dimensions }) => ({ namespace, dimensions }));
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
    const entry = await namedByMetrics(cloud, query, mention);
    if (!entry) throw error;
    return { found: entry, matched: 'exact' as const };
  }
}

async function namedByMetrics(
  cloud: Cloud,
  query: MetricQuery,
  mention: string,
): Promise<DirectoryEntry | null> {
  const rules = METRIC_PLACES.filter((rule) => rule.metrics?.test(query.metric) ?? true);
  const places = await cloud.places(query);
  const looks = places.flatMap((place) =>
    rules.map(async (rule): Promise<DirectoryEntry | null> => {
      const wanted = {
        namespace: rule.namespace,
        metric: query.metric,
        dimensions: { [rule.dimension]: rule.path ? undefined : mention },
      };
      const { value } = await lookBeside(
        cloud,
        place,
        { what: 'metrics', action: 'cloudwatch:ListMetrics' },
        () => listMetrics(cloud, place, wanted),
      );
      const listed = value?.find(({ dimensions }) => isOf(rule, dimensions, mention));
      if (!listed) return null;
      const parent = rule.parent && listed.dimensions[rule.parent];
      const { account, region } = place;
      return {
        kind: rule.kind,
        id: mention,
        name: mention,
        account: account.name,
        region,
        ...(parent ? { parent } : {}),
      };
    }),
  );
  return (await Promise.all(looks)).find((entry) => entry !== null) ?? null;
}
