import type { FaultReach } from '../../format/contradictions.ts';
import type { FaultKind } from '../../format/drills.ts';
import type { FaultRule } from './fault.ts';
import { BAD_DEPLOY_FUNCTION } from './kinds/bad-deploy-function.ts';
import { BAD_DEPLOY_SERVICE } from './kinds/bad-deploy-service.ts';
import { CERTIFICATE_EXPIRED } from './kinds/certificate-expired.ts';
import { CONFIG_CHANGED_INBOUND, CONFIG_CHANGED_OUTBOUND } from './kinds/config-changed.ts';
import { COST_SPIKE } from './kinds/cost-spike.ts';
import { CPU_SATURATION } from './kinds/cpu-saturation.ts';
import { DATABASE_CONNECTIONS_EXHAUSTED } from './kinds/database-connections-exhausted.ts';
import { DATABASE_SLOW } from './kinds/database-slow.ts';
import { DISK_FULL } from './kinds/disk-full.ts';
import { INSTANCE_IMPAIRED } from './kinds/instance-impaired.ts';
import { INSTANCE_STOPPED } from './kinds/instance-stopped.ts';
import { LAMBDA_ERRORS } from './kinds/lambda-errors.ts';
import { LAMBDA_THROTTLED } from './kinds/lambda-throttled.ts';
import { LAMBDA_TIMEOUT } from './kinds/lambda-timeout.ts';
import { LOG_ERROR_BURST } from './kinds/log-error-burst.ts';
import { MEMORY_EXHAUSTION } from './kinds/memory-exhaustion.ts';
import { PERMISSION_DENIED } from './kinds/permission-denied.ts';
import { PROCESS_CRASH } from './kinds/process-crash.ts';
import { TARGET_UNHEALTHY, TARGET_UNHEALTHY_SERVICE } from './kinds/target-unhealthy.ts';
import { TRAFFIC_SPIKE } from './kinds/traffic-spike.ts';
import { TRAFFIC_SPIKE_BALANCER } from './kinds/traffic-spike-balancer.ts';
import { TRAFFIC_SPIKE_SERVICE } from './kinds/traffic-spike-service.ts';

/** Every fault that acts. A kind that is in the format and not here is read and does nothing yet. */
export const FAULT_RULES: readonly FaultRule[] = [
  INSTANCE_IMPAIRED,
  INSTANCE_STOPPED,
  CPU_SATURATION,
  PROCESS_CRASH,
  MEMORY_EXHAUSTION,
  DISK_FULL,
  TRAFFIC_SPIKE,
  TRAFFIC_SPIKE_SERVICE,
  TRAFFIC_SPIKE_BALANCER,
  TARGET_UNHEALTHY,
  TARGET_UNHEALTHY_SERVICE,
  BAD_DEPLOY_SERVICE,
  PERMISSION_DENIED,
  CERTIFICATE_EXPIRED,
  CONFIG_CHANGED_INBOUND,
  CONFIG_CHANGED_OUTBOUND,
  COST_SPIKE,
  LOG_ERROR_BURST,
  BAD_DEPLOY_FUNCTION,
  LAMBDA_TIMEOUT,
  LAMBDA_THROTTLED,
  LAMBDA_ERRORS,
  DATABASE_CONNECTIONS_EXHAUSTED,
  DATABASE_SLOW,
];

/** The rules of a kind, one for each sort of resource it can happen to. */
export function rulesFor(kind: FaultKind): readonly FaultRule[] {
  return FAULT_RULES.filter((rule) => rule.kind === kind);
}

/** What a kind of fault may name in a file. One that does not act yet may name anything. */
export function faultReach(kind: FaultKind): FaultReach {
  const rules = rulesFor(kind);
  if (rules.length === 0 || rules.some((rule) => rule.strikes.includes('external'))) return { on: 'any' };
  return { on: rules.every((rule) => rule.strict) ? 'instance' : 'known' };
}
