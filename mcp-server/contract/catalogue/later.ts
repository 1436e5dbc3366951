import { z } from 'zod';
import { place, resultWith, timeRange } from '../call.ts';
import { type ToolContract, toolContract } from './tool-contract.ts';

/**
 * A tool whose backend this version cannot be connected to, or whose work it does not do yet. It is listed, so
 * that its name and arguments can be relied on, and answers `not_configured`.
 */
export type LaterTool = {
  contract: ToolContract;
  /** What it needs: completes "it needs ...". */
  needs: string;
  /** What answers a part of the same question now. */
  meanwhile: string;
};

const text = z.string().min(1);
const words = text.optional();

const METRICS_NOW =
  'Container Insights publishes CloudWatch metrics: get_metric with the namespace ContainerInsights reads them now.';
const KUBECTL = 'Look with kubectl until then; list_changes shows what was changed on the cluster in AWS.';
const OPENSEARCH = 'If the same logs are in CloudWatch, query_logs searches them now.';
const DATADOG = 'CloudWatch answers now: get_metric, query_logs and list_alarms.';
const GITHUB = 'Nothing was sent. Open the issue by hand until then.';
const DRIFT = 'list_changes shows now who changed what, and when.';

const KUBERNETES = 'a connection to the Kubernetes cluster';
const CONTAINER_INSIGHTS = 'CloudWatch Container Insights read by this server';

/** In the order of the tool catalogue. */
export const LATER: readonly LaterTool[] = [
  ...work(
    'an analysis of metrics',
    'get_metric and get_metrics show the values now, list_alarms the thresholds crossed.',
    [
      [
        'detect_metric_anomalies',
        'Metric anomalies',
        { resource: words, service: words, ...timeRange, ...place },
      ],
    ],
  ),
  ...work('an analysis of log patterns', 'query_logs with `stats count(*) by ...` groups and counts now.', [
    ['summarize_logs', 'Log patterns', { log_group: text, ...timeRange, ...place }],
  ]),
  ...work('an analysis of costs', 'get_cost with granularity DAILY shows each day now.', [
    ['detect_cost_anomalies', 'Cost anomalies', { days: z.int().min(1).max(366).optional(), ...place }],
  ]),
  ...work(CONTAINER_INSIGHTS, METRICS_NOW, [
    ['container_insight_cluster_overview', 'Cluster overview', { cluster: words, ...place }],
    [
      'container_insight_pod_metrics',
      'Pod metrics',
      { cluster: words, namespace: words, pod: words, ...timeRange, ...place },
    ],
    [
      'container_insight_node_metrics',
      'Node metrics',
      { cluster: words, node: words, ...timeRange, ...place },
    ],
  ]),
  ...work(KUBERNETES, KUBECTL, [
    ['list_pods', 'List pods', { cluster: words, namespace: words, deployment: words, ...place }],
    [
      'list_kubernetes_events',
      'Kubernetes events',
      { cluster: words, namespace: words, ...timeRange, ...place },
    ],
  ]),
  ...work('a Prometheus server', METRICS_NOW, [
    ['prometheus_query', 'Prometheus query', { query: text, ...timeRange }],
    ['detect_kubernetes_anomalies', 'Kubernetes anomalies', { cluster: words, namespace: words, ...place }],
  ]),
  ...work(KUBERNETES, KUBECTL, [
    [
      'restart_deployment',
      'Restart deployment',
      { deployment: text, cluster: words, namespace: words, ...place },
    ],
    [
      'scale_deployment',
      'Scale deployment',
      { deployment: text, replicas: z.int().min(0).max(10_000), cluster: words, namespace: words, ...place },
    ],
    [
      'rollback_deployment',
      'Roll back deployment',
      { deployment: text, cluster: words, namespace: words, ...place },
    ],
    ['chaos_cleanup', 'Clean up a chaos experiment', { cluster: words, namespace: text, ...place }],
  ]),
  ...work('an OpenSearch endpoint', OPENSEARCH, [
    ['opensearch_search_logs', 'OpenSearch logs', { query: text, index: words, ...timeRange }],
    ['opensearch_anomaly_detection', 'OpenSearch anomalies', { index: words, ...timeRange }],
    ['opensearch_get_error_summary', 'OpenSearch errors', { index: words, ...timeRange }],
  ]),
  ...work('Datadog keys', DATADOG, [
    ['datadog_query_metrics', 'Datadog metrics', { query: text, ...timeRange }],
    ['datadog_search_logs', 'Datadog logs', { query: words, service: words, ...timeRange }],
    ['datadog_get_events', 'Datadog events', { query: words, ...timeRange }],
    ['datadog_get_traces', 'Datadog traces', { service: text, ...timeRange }],
    ['datadog_get_monitors', 'Datadog monitors', { state: words }],
  ]),
  ...work('a GitHub repository and token', GITHUB, [
    [
      'github_list_issues',
      'GitHub issues',
      { state: z.enum(['open', 'closed', 'all']).optional(), labels: z.array(text).optional() },
    ],
    [
      'github_create_issue',
      'Open a GitHub issue',
      { title: text, body: z.string(), labels: z.array(text).optional() },
    ],
    ['github_add_comment', 'Comment on a GitHub issue', { issue: z.int().min(1), body: text }],
    ['github_close_issue', 'Close a GitHub issue', { issue: z.int().min(1) }],
  ]),
  ...work('a configuration baseline kept in Git', DRIFT, [
    ['check_drift_status', 'Drift status', { type: words, resource: words, ...place }],
    ['analyze_config_drift', 'Configuration drift', { type: words, resource: text, ...place }],
    ['revert_drift', 'Revert drift', { type: words, resource: text, ...place }],
  ]),
  ...work(
    'a scan of all services',
    'The list_ tools show each service now; find_untagged_resources many at once.',
    [
      [
        'scan_infrastructure',
        'Scan infrastructure',
        { project: words, types: z.array(text).optional(), ...place },
      ],
    ],
  ),
];

type Row = readonly [name: string, title: string, input: z.ZodRawShape];

function work(needs: string, meanwhile: string, rows: readonly Row[]): LaterTool[] {
  return rows.map(([name, title, input]) => ({
    contract: toolContract({
      name,
      title,
      description: `Not in this version: it needs ${needs}. Answers not_configured.`,
      input: z.strictObject(input),
      output: resultWith({}),
    }),
    needs,
    meanwhile,
  }));
}

/** True for a tool the server lists and cannot carry out yet. */
export function comesLater(name: string): boolean {
  return LATER.some(({ contract }) => contract.name === name);
}
