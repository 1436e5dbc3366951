import type { Operations } from '../wire/operation.ts';
import type { ServiceName } from '../wire/service-exception.ts';
import { API_GATEWAY_V2 } from './api-gateway/http-operations.ts';
import { API_GATEWAY } from './api-gateway/rest-operations.ts';
import { AUTO_SCALING } from './auto-scaling/operations.ts';
import { CLOUDTRAIL } from './cloudtrail.ts';
import { CLOUDWATCH } from './cloudwatch/operations.ts';
import { COST_EXPLORER } from './cost-explorer/operations.ts';
import { EC2 } from './ec2/operations.ts';
import { ECS } from './ecs/operations.ts';
import { ELASTIC_LOAD_BALANCING } from './elastic-load-balancing/operations.ts';
import { EVENTBRIDGE } from './eventbridge/operations.ts';
import { HEALTH } from './health/operations.ts';
import { IAM } from './iam.ts';
import { LAMBDA } from './lambda/operations.ts';
import { LOGS } from './logs/operations.ts';
import { PERFORMANCE_INSIGHTS } from './performance-insights/operations.ts';
import { RDS } from './rds/operations.ts';
import { STS } from './sts.ts';
import { TAGGING } from './tagging/operations.ts';
import { XRAY } from './xray.ts';

/** Every call the simulated account answers, by service and API call. */
export const OPERATIONS: Readonly<Partial<Record<ServiceName, Operations>> & Record<string, Operations>> = {
  apigateway: API_GATEWAY,
  apigatewayv2: API_GATEWAY_V2,
  autoscaling: AUTO_SCALING,
  ce: COST_EXPLORER,
  cloudtrail: CLOUDTRAIL,
  cloudwatch: CLOUDWATCH,
  ec2: EC2,
  events: EVENTBRIDGE,
  health: HEALTH,
  ecs: ECS,
  elbv2: ELASTIC_LOAD_BALANCING,
  lambda: LAMBDA,
  iam: IAM,
  logs: LOGS,
  pi: PERFORMANCE_INSIGHTS,
  rds: RDS,
  sts: STS,
  tag: TAGGING,
  xray: XRAY,
};
