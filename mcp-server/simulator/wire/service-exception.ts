/** The service names clients carry (`client.config.serviceId`), by the short names people use. */
export const SERVICES = {
  ec2: 'EC2',
  cloudwatch: 'CloudWatch',
  cloudtrail: 'CloudTrail',
  sts: 'STS',
  iam: 'IAM',
  xray: 'XRay',
  autoscaling: 'Auto Scaling',
  logs: 'CloudWatch Logs',
  rds: 'RDS',
  lambda: 'Lambda',
  ecs: 'ECS',
  eks: 'EKS',
  elbv2: 'Elastic Load Balancing v2',
  apigateway: 'API Gateway',
  apigatewayv2: 'ApiGatewayV2',
  s3: 'S3',
  kafka: 'Kafka',
  emr: 'EMR',
  mwaa: 'MWAA',
  ce: 'Cost Explorer',
  health: 'Health',
  events: 'EventBridge',
  pi: 'PI',
  tag: 'Resource Groups Tagging API',
} as const;
export type ServiceName = keyof typeof SERVICES;

/** The short name of a client's service id; a service that is not known keeps its own, in lower case. */
export function serviceName(serviceId: string): string {
  const known = Object.entries(SERVICES).find(([, id]) => id === serviceId);
  return known?.[0] ?? serviceId.toLowerCase().replaceAll(' ', '');
}

export type ExceptionDetails = {
  /** The error code as the SDK names it. */
  name: string;
  message: string;
  status?: number;
  /** True for what the SDK's retry strategy calls throttling. */
  throttling?: boolean;
  /** What the error carries beside its message, as the service models it. */
  members?: Readonly<Record<string, unknown>>;
};

/**
 * An error as an AWS SDK v3 client throws it. The SDK's own exception classes recognise it by its shape
 * and names (`instanceof EC2ServiceException` holds), and its retry strategy reads `name`, `$metadata`
 * and `$retryable`, so no client package is needed to make one.
 */
class ServiceException extends Error {
  readonly $fault: 'client' | 'server';
  readonly $metadata: {
    httpStatusCode: number;
    requestId: string;
    attempts?: number;
    totalRetryDelay?: number;
  };
  // Declared, not defined: to the SDK the mere presence of the key means that a retry makes sense.
  declare readonly $retryable?: { throttling: boolean };
  /** The query protocols also say the code here. */
  readonly Code: string;

  constructor(requestId: string, details: ExceptionDetails) {
    super(details.message);
    const status = details.status ?? 400;
    this.name = details.name;
    this.Code = details.name;
    this.$fault = status >= 500 ? 'server' : 'client';
    this.$metadata = { httpStatusCode: status, requestId };
    if (details.throttling === true) this.$retryable = { throttling: true };
    Object.assign(this, details.members);
  }
}

/** The exception of one service: its class carries the name the service's own base class has. */
export function serviceException(serviceId: string, requestId: string, details: ExceptionDetails): Error {
  const Named = class extends ServiceException {};
  Object.defineProperty(Named, 'name', { value: `${serviceId.replaceAll(' ', '')}ServiceException` });
  return new Named(requestId, details);
}

/** Thrown inside an operation; the wire adds service and request id. */
export class Refusal extends Error {
  readonly details: ExceptionDetails;

  constructor(name: string, message: string, status = 400, members: ExceptionDetails['members'] = {}) {
    super(message);
    this.name = 'Refusal';
    this.details = { name, message, status, members };
  }
}

/** The simulated account has no answer to this call: a gap of the simulator, not an error of AWS. */
export class NotSimulated extends Error {
  readonly code = 'not_simulated';
  readonly service: string;
  readonly action: string;

  constructor(service: string, action: string, what = `${service} ${action}`) {
    super(`The simulated account does not answer ${what}.`);
    this.name = 'NotSimulated';
    this.service = service;
    this.action = action;
  }
}
