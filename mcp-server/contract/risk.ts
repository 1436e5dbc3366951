import { z } from 'zod';

/**
 * `read` runs at once; `change` adds or restores capacity, or annotates; `destructive` takes capacity
 * away, interrupts service, loosens or overwrites something, or cannot be undone.
 * Everything but `read` needs a grant.
 */
export const RISKS = ['read', 'change', 'destructive'] as const;
export const risk = z.enum(RISKS);
export type Risk = z.infer<typeof risk>;

/**
 * The gravest risk a call of each tool can carry, before its arguments and the state it meets are known.
 * The server weighs the actual call and may find it lighter (a scale-up), never graver.
 */
export const GRAVEST_RISK: Readonly<Record<string, Risk>> = {
  list_instances: 'read',
  describe_instance: 'read',
  get_console_output: 'read',
  start_instances: 'change',
  stop_instances: 'destructive',
  reboot_instances: 'destructive',
  terminate_instances: 'destructive',
  resize_instance: 'destructive',
  grow_volume: 'destructive',
  list_alarms: 'read',
  get_alarm_history: 'read',
  get_metric: 'read',
  get_metrics: 'read',
  detect_metric_anomalies: 'read',
  list_log_groups: 'read',
  query_logs: 'read',
  summarize_logs: 'read',
  list_changes: 'read',
  get_dependencies: 'read',
  get_cost: 'read',
  forecast_cost: 'read',
  detect_cost_anomalies: 'read',
  list_functions: 'read',
  restart_function: 'destructive',
  update_function_configuration: 'destructive',
  rollback_function: 'destructive',
  list_databases: 'read',
  list_database_events: 'read',
  get_database_load: 'read',
  reboot_database: 'destructive',
  modify_database: 'destructive',
  modify_database_parameter: 'destructive',
  list_auto_scaling_groups: 'read',
  set_desired_capacity: 'destructive',
  list_services: 'read',
  restart_service: 'destructive',
  scale_service: 'destructive',
  rollback_service: 'destructive',
  list_load_balancers: 'read',
  get_target_health: 'read',
  list_apis: 'read',
  list_health_events: 'read',
  put_event: 'change',
  container_insight_cluster_overview: 'read',
  container_insight_pod_metrics: 'read',
  container_insight_node_metrics: 'read',
  list_pods: 'read',
  list_kubernetes_events: 'read',
  prometheus_query: 'read',
  detect_kubernetes_anomalies: 'read',
  restart_deployment: 'destructive',
  scale_deployment: 'destructive',
  rollback_deployment: 'destructive',
  chaos_cleanup: 'destructive',
  opensearch_search_logs: 'read',
  opensearch_anomaly_detection: 'read',
  opensearch_get_error_summary: 'read',
  datadog_query_metrics: 'read',
  datadog_search_logs: 'read',
  datadog_get_events: 'read',
  datadog_get_traces: 'read',
  datadog_get_monitors: 'read',
  github_list_issues: 'read',
  github_create_issue: 'change',
  github_add_comment: 'change',
  github_close_issue: 'change',
  check_drift_status: 'read',
  analyze_config_drift: 'read',
  revert_drift: 'destructive',
  find_untagged_resources: 'read',
  tag_resources: 'destructive',
  scan_infrastructure: 'read',
  search_sops: 'read',
  investigate: 'read',
  list_incidents: 'read',
  show_incident: 'read',
  generate_recovery_script: 'read',
  design_infrastructure: 'read',
  set_monitoring: 'change',
};

/** An unknown tool is as grave as can be: what cannot be classified must ask. */
export function gravestRisk(tool: string): Risk {
  return Object.hasOwn(GRAVEST_RISK, tool) ? (GRAVEST_RISK[tool] ?? 'destructive') : 'destructive';
}
