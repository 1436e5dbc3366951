import type { Operations } from '../wire/operation.ts';
import type { ServiceName } from '../wire/service-exception.ts';
import { AUTO_SCALING } from './auto-scaling/operations.ts';
import { CLOUDTRAIL } from './cloudtrail.ts';
import { CLOUDWATCH } from './cloudwatch/operations.ts';
import { EC2 } from './ec2/operations.ts';
import { LOGS } from './logs/operations.ts';
import { STS } from './sts.ts';
import { XRAY } from './xray.ts';

/** Every call the simulated account answers, by service and API call. */
export const OPERATIONS: Readonly<Partial<Record<ServiceName, Operations>> & Record<string, Operations>> = {
  autoscaling: AUTO_SCALING,
  cloudtrail: CLOUDTRAIL,
  cloudwatch: CLOUDWATCH,
  ec2: EC2,
  logs: LOGS,
  sts: STS,
  xray: XRAY,
};
