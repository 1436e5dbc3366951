import type { ReadIntent } from './intent.ts';

/** Looks at backends other than AWS, each told by its name. */
export const OUTSIDE_READS: readonly ReadIntent[] = [
  { tool: 'datadog_get_monitors', needs: [['topic:datadog'], ['topic:monitor', 'topic:alarm']], slots: [] },
  {
    tool: 'datadog_get_traces',
    needs: [['topic:datadog'], ['topic:trace']],
    slots: [{ from: 'subject', argument: 'service' }, { from: 'span' }],
  },
  { tool: 'datadog_get_events', needs: [['topic:datadog'], ['topic:event']], slots: [{ from: 'span' }] },
  {
    tool: 'datadog_search_logs',
    needs: [['topic:datadog'], ['topic:log']],
    slots: [{ from: 'text', argument: 'query' }, { from: 'span' }],
  },
  {
    tool: 'datadog_query_metrics',
    needs: [['topic:datadog']],
    slots: [{ from: 'text', argument: 'query' }, { from: 'span' }],
  },
  {
    tool: 'opensearch_anomaly_detection',
    needs: [['topic:opensearch'], ['topic:anomaly']],
    slots: [{ from: 'span' }],
  },
  {
    tool: 'opensearch_get_error_summary',
    needs: [['topic:opensearch'], ['read:summarise', 'topic:overview']],
    slots: [{ from: 'span' }],
  },
  {
    tool: 'opensearch_search_logs',
    needs: [['topic:opensearch']],
    slots: [{ from: 'text', argument: 'query' }, { from: 'span' }],
  },
  {
    tool: 'prometheus_query',
    needs: [['topic:prometheus']],
    slots: [{ from: 'text', argument: 'query' }, { from: 'span' }],
  },
  { tool: 'github_list_issues', needs: [['topic:github']], slots: [] },
];
