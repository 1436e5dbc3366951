/** What a client is made with; every AWS client takes these. */
export type ClientConfig = {
  region: string;
  maxAttempts: number;
  retryMode: 'standard';
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: boolean };
  profile?: string;
  endpoint?: string;
  credentials?: AwsCredentials | (() => Promise<AwsCredentials>);
};

export type AwsCredentials = {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
};

/** How each service is loaded, at its first use: importing them costs more than everything else at start. */
export const SERVICES = {
  ec2: async (config: ClientConfig) => {
    const sdk = await import('./sdk/ec2.ts');
    return { sdk, client: new sdk.EC2Client(config) };
  },
  cloudwatch: async (config: ClientConfig) => {
    const sdk = await import('./sdk/cloudwatch.ts');
    return { sdk, client: new sdk.CloudWatchClient(config) };
  },
  autoscaling: async (config: ClientConfig) => {
    const sdk = await import('./sdk/auto-scaling.ts');
    return { sdk, client: new sdk.AutoScalingClient(config) };
  },
  cloudtrail: async (config: ClientConfig) => {
    const sdk = await import('./sdk/cloudtrail.ts');
    return { sdk, client: new sdk.CloudTrailClient(config) };
  },
  logs: async (config: ClientConfig) => {
    const sdk = await import('./sdk/logs.ts');
    return { sdk, client: new sdk.CloudWatchLogsClient(config) };
  },
  xray: async (config: ClientConfig) => {
    const sdk = await import('./sdk/xray.ts');
    return { sdk, client: new sdk.XRayClient(config) };
  },
  ce: async (config: ClientConfig) => {
    const sdk = await import('./sdk/cost-explorer.ts');
    return { sdk, client: new sdk.CostExplorerClient(config) };
  },
  health: async (config: ClientConfig) => {
    const sdk = await import('./sdk/health.ts');
    return { sdk, client: new sdk.HealthClient(config) };
  },
  events: async (config: ClientConfig) => {
    const sdk = await import('./sdk/eventbridge.ts');
    return { sdk, client: new sdk.EventBridgeClient(config) };
  },
  tag: async (config: ClientConfig) => {
    const sdk = await import('./sdk/tagging.ts');
    return { sdk, client: new sdk.ResourceGroupsTaggingAPIClient(config) };
  },
  lambda: async (config: ClientConfig) => {
    const sdk = await import('./sdk/lambda.ts');
    return { sdk, client: new sdk.LambdaClient(config) };
  },
  apigateway: async (config: ClientConfig) => {
    const sdk = await import('./sdk/api-gateway.ts');
    return { sdk, client: new sdk.APIGatewayClient(config) };
  },
  apigatewayv2: async (config: ClientConfig) => {
    const sdk = await import('./sdk/api-gateway-v2.ts');
    return { sdk, client: new sdk.ApiGatewayV2Client(config) };
  },
  ecs: async (config: ClientConfig) => {
    const sdk = await import('./sdk/ecs.ts');
    return { sdk, client: new sdk.ECSClient(config) };
  },
  elbv2: async (config: ClientConfig) => {
    const sdk = await import('./sdk/elastic-load-balancing-v2.ts');
    return { sdk, client: new sdk.ElasticLoadBalancingV2Client(config) };
  },
  rds: async (config: ClientConfig) => {
    const sdk = await import('./sdk/rds.ts');
    return { sdk, client: new sdk.RDSClient(config) };
  },
  pi: async (config: ClientConfig) => {
    const sdk = await import('./sdk/pi.ts');
    return { sdk, client: new sdk.PIClient(config) };
  },
  iam: async (config: ClientConfig) => {
    const sdk = await import('./sdk/iam.ts');
    return { sdk, client: new sdk.IAMClient(config) };
  },
  sts: async (config: ClientConfig) => {
    const sdk = await import('./sdk/sts.ts');
    return { sdk, client: new sdk.STSClient(config) };
  },
} as const;

export type Service = keyof typeof SERVICES;
export type Connected<S extends Service> = Awaited<ReturnType<(typeof SERVICES)[S]>>;
