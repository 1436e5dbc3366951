import type { Coverage, Gap } from '../contract/coverage.ts';
import type { Place } from './account.ts';
import type { Cloud, Places } from './cloud.ts';
import { asFailure, asGap, isCancelled } from './explain-error.ts';
import { createLimit } from './limit.ts';

/** Places asked at the same time. */
const AT_ONCE = 8;

type Sight<T> = { found: { place: Place; value: T }[]; coverage: Coverage };

/**
 * Looks in every place at the same time. A place that cannot be seen becomes a gap and the others answer;
 * when none can be, the call ends with the first one's failure.
 *
 * @param what what a gap is about: `instances`
 * @param action the AWS action, as a policy names it: `ec2:DescribeInstances`
 */
export async function lookEverywhere<T>(
  cloud: Cloud,
  places: Places,
  { what, action }: { what: string; action: string },
  look: (place: Place) => Promise<T>,
): Promise<Sight<T>> {
  const limit = createLimit(AT_ONCE);
  const outcomes = await Promise.all(
    places.open.map((place) =>
      limit(async () => {
        try {
          return { kind: 'seen' as const, place, value: await look(place) };
        } catch (error) {
          if (isCancelled(error) || cloud.signal.aborted) throw error;
          return { kind: 'unseen' as const, place, error };
        }
      }, cloud.signal),
    ),
  );
  const found: Sight<T>['found'] = [];
  const gaps: Gap[] = [...places.gaps];
  let first: { place: Place; error: unknown } | null = null;
  for (const outcome of outcomes) {
    if (outcome.kind === 'seen') found.push({ place: outcome.place, value: outcome.value });
    else {
      first ??= outcome;
      gaps.push(asGap(outcome.error, what, { action, place: outcome.place }));
    }
  }
  if (first && found.length === 0) throw asFailure(first.error, { action, place: first.place });
  return { found, coverage: { looked_at: found.map(({ place }) => seen(action, place)), gaps } };
}

/** As `lookEverywhere`, for something a result can do without: a failure is a gap and null. */
export async function lookBeside<T>(
  cloud: Cloud,
  place: Place,
  { what, action }: { what: string; action: string },
  look: () => Promise<T>,
): Promise<{ value: T | null; coverage: Coverage }> {
  try {
    return { value: await look(), coverage: { looked_at: [seen(action, place)], gaps: [] } };
  } catch (error) {
    if (isCancelled(error) || cloud.signal.aborted) throw error;
    return { value: null, coverage: { looked_at: [], gaps: [asGap(error, what, { action, place })] } };
  }
}

/** One look that the call cannot do without. */
export async function lookOnce<T>(place: Place, action: string, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (isCancelled(error)) throw error;
    throw asFailure(error, { action, place });
  }
}

export function joined(...all: Coverage[]): Coverage {
  return {
    looked_at: [...new Set(all.flatMap((one) => one.looked_at))],
    gaps: all.flatMap((one) => one.gaps),
  };
}

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  ec2: 'EC2',
  cloudwatch: 'CloudWatch',
  autoscaling: 'Auto Scaling',
  cloudtrail: 'CloudTrail',
  logs: 'CloudWatch Logs',
  xray: 'X-Ray',
  lambda: 'Lambda',
  apigateway: 'API Gateway',
  sts: 'STS',
  rds: 'RDS',
  pi: 'Performance Insights',
  ecs: 'ECS',
  elasticloadbalancing: 'Elastic Load Balancing',
  ce: 'Cost Explorer',
  health: 'Health',
  events: 'EventBridge',
  tag: 'Resource Groups Tagging API',
};

/** `ec2:DescribeInstances` → `EC2 DescribeInstances ap-northeast-2`. */
export function seen(action: string, place: Place): string {
  const [service = '', operation = ''] = action.split(':');
  return `${SERVICE_NAMES[service] ?? service} ${operation} ${place.region}`;
}
