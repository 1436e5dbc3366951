/**
 * What AWS must allow a caller, by tool. Reads are for every resource: an account is looked at as a whole, and
 * most of these actions know no resources. A change is for the kind of resource it changes and no other.
 * Source: the Service Authorization Reference, "Actions, resources, and condition keys".
 */
export type ToolPermissions = { reads: readonly string[]; changes: readonly ChangePermission[] };

/** `on`: ARNs with `{partition}` and `{account}` in them, or `*` where AWS knows no resource for the action. */
export type ChangePermission = { action: string; on: readonly string[] };

const INSTANCES = ['ec2:DescribeInstances'];
const GROUPS = ['autoscaling:DescribeAutoScalingGroups'];
const ALARMS = ['cloudwatch:DescribeAlarms'];
const LOG_GROUPS = ['logs:DescribeLogGroups'];
const DATABASES = ['rds:DescribeDBInstances', 'rds:DescribeDBClusters'];
const FUNCTIONS = ['lambda:ListFunctions'];
const SERVICES = ['ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices'];
const BALANCERS = ['elasticloadbalancing:DescribeLoadBalancers'];
const APIS = ['apigateway:GET'];
const TARGETS = [
  ...BALANCERS,
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
];
const CALLERS = ['xray:GetServiceGraph'];
/** Who may invoke a function. */
const INVOKERS = ['lambda:GetPolicy', 'lambda:ListAliases', 'lambda:ListEventSourceMappings'];
/** What may feel a change, and CloudTrail's word on whether a request arrived that a crash cut off. */
export const AROUND: readonly string[] = [...GROUPS, ...CALLERS, ...TARGETS, 'cloudtrail:LookupEvents'];
/** Where a name is looked up when nothing says what kind of thing it is. */
export const DIRECTORY: readonly string[] = [
  ...INSTANCES,
  ...GROUPS,
  ...ALARMS,
  ...LOG_GROUPS,
  ...DATABASES,
  ...FUNCTIONS,
  ...SERVICES,
  ...BALANCERS,
  ...APIS,
];

const read = (...reads: readonly (readonly string[])[]): ToolPermissions => ({
  reads: unique(reads.flat()),
  changes: [],
});
const changes = (
  reads: readonly (readonly string[])[],
  ...made: readonly ChangePermission[]
): ToolPermissions => ({ reads: unique([...reads.flat(), ...AROUND]), changes: made });
const on = (action: string, ...resources: readonly string[]): ChangePermission => ({
  action,
  on: resources.map((resource) => (resource === '*' ? '*' : `arn:{partition}:${resource}`)),
});

const INSTANCE = 'ec2:*:{account}:instance/*';
const VOLUME = 'ec2:*:{account}:volume/*';
const DATABASE = 'rds:*:{account}:db:*';
const DATABASE_CLUSTER = 'rds:*:{account}:cluster:*';
const FUNCTION = 'lambda:*:{account}:function:*';
const SERVICE = 'ecs:*:{account}:service/*';
const GROUP = 'autoscaling:*:{account}:autoScalingGroup:*:autoScalingGroupName/*';
/** The tags of a resource belong to its own service, beside the right to tag at all. */
const TAGGING = [
  on('ec2:CreateTags', INSTANCE, VOLUME),
  on('ec2:DeleteTags', INSTANCE, VOLUME),
  on('rds:AddTagsToResource', DATABASE, DATABASE_CLUSTER),
  on('rds:RemoveTagsFromResource', DATABASE, DATABASE_CLUSTER),
  on('lambda:TagResource', FUNCTION),
  on('lambda:UntagResource', FUNCTION),
  on('ecs:TagResource', SERVICE, 'ecs:*:{account}:cluster/*'),
  on('ecs:UntagResource', SERVICE, 'ecs:*:{account}:cluster/*'),
  on('elasticloadbalancing:AddTags', 'elasticloadbalancing:*:{account}:loadbalancer/*'),
  on('elasticloadbalancing:RemoveTags', 'elasticloadbalancing:*:{account}:loadbalancer/*'),
  on('cloudwatch:TagResource', 'cloudwatch:*:{account}:alarm:*'),
  on('cloudwatch:UntagResource', 'cloudwatch:*:{account}:alarm:*'),
  on('logs:TagResource', 'logs:*:{account}:log-group:*'),
  on('logs:UntagResource', 'logs:*:{account}:log-group:*'),
  on('autoscaling:CreateOrUpdateTags', GROUP),
  on('autoscaling:DeleteTags', GROUP),
];

const FUNCTION_STATE = [
  'lambda:GetFunction',
  'lambda:GetFunctionConfiguration',
  'lambda:GetPolicy',
  'lambda:ListAliases',
  'lambda:ListEventSourceMappings',
  'lambda:ListVersionsByFunction',
];
/** A version that is in use cannot be changed: a new one takes its place behind its alias. */
const NEW_VERSION = [
  on('lambda:UpdateFunctionConfiguration', FUNCTION),
  on('lambda:PublishVersion', FUNCTION),
  on('lambda:UpdateAlias', FUNCTION),
];

/** Every tool that talks to AWS. */
export const PERMISSIONS: Readonly<Record<string, ToolPermissions>> = {
  list_instances: read(INSTANCES, GROUPS),
  describe_instance: read(INSTANCES, ['ec2:DescribeInstanceStatus', 'ec2:DescribeVolumes']),
  get_console_output: read(INSTANCES, ['ec2:GetConsoleOutput']),
  start_instances: changes([INSTANCES], on('ec2:StartInstances', INSTANCE)),
  stop_instances: changes([INSTANCES], on('ec2:StopInstances', INSTANCE)),
  reboot_instances: changes([INSTANCES, ['ec2:DescribeInstanceStatus']], on('ec2:RebootInstances', INSTANCE)),
  terminate_instances: changes([INSTANCES], on('ec2:TerminateInstances', INSTANCE)),
  resize_instance: changes(
    [INSTANCES, ['ec2:DescribeInstanceTypes']],
    on('ec2:StopInstances', INSTANCE),
    on('ec2:ModifyInstanceAttribute', INSTANCE),
    on('ec2:StartInstances', INSTANCE),
  ),
  grow_volume: changes(
    [INSTANCES, ['ec2:DescribeVolumes', 'ec2:DescribeVolumesModifications']],
    on('ec2:ModifyVolume', VOLUME),
  ),
  list_alarms: read(ALARMS),
  get_alarm_history: read(ALARMS, ['cloudwatch:DescribeAlarmHistory']),
  get_metric: read(DIRECTORY, ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics']),
  get_metrics: read(DIRECTORY, ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics']),
  list_log_groups: read(LOG_GROUPS),
  query_logs: read(LOG_GROUPS, [
    'logs:StartQuery',
    'logs:GetQueryResults',
    'logs:StopQuery',
    'logs:GetLogRecord',
    'cloudwatch:GetMetricData',
  ]),
  list_changes: read(DIRECTORY, ['cloudtrail:LookupEvents']),
  get_dependencies: read(DIRECTORY, CALLERS, TARGETS, INVOKERS),
  list_databases: read(DATABASES),
  list_database_events: read(DATABASES, ['rds:DescribeEvents']),
  get_database_load: read(DATABASES, ['pi:GetResourceMetrics', 'pi:DescribeDimensionKeys']),
  reboot_database: changes(
    [DATABASES],
    on('rds:RebootDBInstance', DATABASE),
    on('rds:RebootDBCluster', DATABASE_CLUSTER),
  ),
  modify_database: changes(
    [
      DATABASES,
      [
        'rds:DescribeOrderableDBInstanceOptions',
        'rds:DescribeValidDBInstanceModifications',
        'rds:DescribeEvents',
      ],
    ],
    on('rds:ModifyDBInstance', DATABASE),
  ),
  modify_database_parameter: changes(
    [DATABASES, ['rds:DescribeDBParameters', 'rds:DescribeDBClusterParameters']],
    on('rds:ModifyDBParameterGroup', 'rds:*:{account}:pg:*'),
    on('rds:ModifyDBClusterParameterGroup', 'rds:*:{account}:cluster-pg:*'),
  ),
  get_cost: read(['ce:GetCostAndUsage']),
  forecast_cost: read(['ce:GetCostForecast', 'ce:GetCostAndUsage']),
  list_functions: read(FUNCTIONS, ['lambda:GetFunction']),
  restart_function: changes([FUNCTIONS, FUNCTION_STATE], ...NEW_VERSION),
  update_function_configuration: changes(
    [FUNCTIONS, FUNCTION_STATE, ['lambda:GetAccountSettings']],
    ...NEW_VERSION,
    on('lambda:PutFunctionConcurrency', FUNCTION),
    on('lambda:DeleteFunctionConcurrency', FUNCTION),
  ),
  rollback_function: changes([FUNCTIONS, FUNCTION_STATE], on('lambda:UpdateAlias', FUNCTION)),
  list_apis: read(APIS),
  list_auto_scaling_groups: read(GROUPS),
  set_desired_capacity: changes([INSTANCES], on('autoscaling:SetDesiredCapacity', GROUP)),
  list_services: read(SERVICES),
  restart_service: changes([SERVICES], on('ecs:UpdateService', SERVICE)),
  scale_service: changes([SERVICES], on('ecs:UpdateService', SERVICE)),
  rollback_service: changes(
    [
      SERVICES,
      [
        'ecs:DescribeTaskDefinition',
        'ecs:ListTaskDefinitions',
        'ecs:ListServiceDeployments',
        'ecs:DescribeServiceRevisions',
      ],
    ],
    on('ecs:UpdateService', SERVICE),
  ),
  list_load_balancers: read(TARGETS),
  get_target_health: read(TARGETS, INSTANCES),
  list_health_events: read([
    'health:DescribeEvents',
    'health:DescribeEventDetails',
    'health:DescribeAffectedEntities',
  ]),
  put_event: changes([], on('events:PutEvents', 'events:*:{account}:event-bus/*')),
  find_untagged_resources: read(DIRECTORY, ['tag:GetResources']),
  tag_resources: changes(
    [DIRECTORY, ['tag:GetResources']],
    on('tag:TagResources', '*'),
    on('tag:UntagResources', '*'),
    ...TAGGING,
  ),
};

/** Actions that no tool of this server has: an identity that has them can do what the guard never sees. */
export const NEVER_NEEDED = [
  'iam:CreateUser',
  'iam:CreateAccessKey',
  'iam:AttachRolePolicy',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'cloudtrail:StopLogging',
  'cloudtrail:DeleteTrail',
  'config:StopConfigurationRecorder',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:DeleteVpc',
  'ec2:DeleteSnapshot',
  'ec2:DeleteVolume',
  'rds:DeleteDBInstance',
  'rds:DeleteDBSnapshot',
  's3:DeleteBucket',
  's3:PutBucketPolicy',
  'logs:DeleteLogGroup',
  'lambda:DeleteFunction',
  'kms:ScheduleKeyDeletion',
  'organizations:LeaveOrganization',
] as const;

/** The reads of all tools and the changes of those named. */
export function actionsOf(tools: readonly string[]): string[] {
  return unique(
    tools.flatMap((tool) => {
      const { reads = [], changes: made = [] } = PERMISSIONS[tool] ?? {};
      return [...reads, ...made.map(({ action }) => action)];
    }),
  );
}

function unique(actions: readonly string[]): string[] {
  return [...new Set(actions)].toSorted();
}
