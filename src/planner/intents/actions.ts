import type { ActionIntent, Slot } from './intent.ts';

const DISK = ['topic:disk', 'measure:free_storage', 'measure:disk_used'] as const;
const SIZING = ['grow', 'resize', 'scale', 'set', 'shrink'] as const;
const COUNTING = ['scale', 'set', 'grow', 'shrink', 'resize'] as const;
const SIZING_WORDS = [
  'topic:capacity',
  'unit:count',
  'kind:instance',
  'topic:instance_type',
  'topic:pod',
] as const;

const SETTING_WORDS = ['measure:memory', 'topic:timeout', 'measure:duration', 'measure:concurrency'] as const;
const SETTING_SLOTS: readonly Slot[] = [
  { from: 'target', argument: 'function' },
  { from: 'memory_mb', argument: 'memory_mb', optional: true },
  { from: 'timeout_s', argument: 'timeout_s', optional: true },
  { from: 'reserved_concurrency', argument: 'reserved_concurrency', optional: true },
];
const TAGGABLE = [
  'instance',
  'database',
  'function',
  'service',
  'load_balancer',
  'api',
  'bucket',
  'auto_scaling_group',
  'managed_cluster',
] as const;
const TAG_SLOTS: readonly Slot[] = [
  { from: 'target', argument: 'resources', many: true },
  { from: 'tags', argument: 'tags' },
];

/**
 * What can be done, in the order it is tried: rows that need more words come before those that need fewer.
 * Tool names and arguments are the tool catalogue's.
 */
export const ACTION_INTENTS: readonly ActionIntent[] = [
  {
    tool: 'grow_volume',
    acts: ['grow', 'resize', 'scale', 'set'],
    needsValue: 'volume',
    kinds: ['instance'],
    slots: [
      { from: 'target', argument: 'instance' },
      { from: 'volume', argument: 'volume' },
      { from: 'gigabytes', argument: 'size_gb' },
    ],
    uses: DISK,
  },
  {
    tool: 'grow_volume',
    acts: ['grow', 'resize', 'scale', 'set'],
    needs: [DISK],
    kinds: ['instance'],
    slots: [
      { from: 'target', argument: 'instance' },
      { from: 'volume', argument: 'volume', optional: true },
      { from: 'gigabytes', argument: 'size_gb' },
    ],
    uses: DISK,
  },
  {
    tool: 'modify_database',
    acts: ['grow', 'resize', 'scale', 'set'],
    needs: [DISK],
    kinds: ['database'],
    slots: [
      { from: 'target', argument: 'database' },
      { from: 'gigabytes', argument: 'storage_gb' },
    ],
    uses: DISK,
  },
  {
    tool: 'resize_instance',
    acts: [...SIZING],
    needsValue: 'instance_type',
    kinds: ['instance'],
    slots: [
      { from: 'target', argument: 'instance' },
      { from: 'instance_type', argument: 'instance_type' },
    ],
    uses: ['topic:instance_type', 'topic:status', 'topic:config'],
  },
  {
    tool: 'modify_database',
    acts: [...SIZING],
    needsValue: 'database_class',
    kinds: ['database'],
    slots: [
      { from: 'target', argument: 'database' },
      { from: 'instance_type', argument: 'class' },
    ],
    uses: ['topic:instance_type'],
  },
  ...([{ needs: [SETTING_WORDS] }, { needsValue: 'size' }, { needsValue: 'duration' }] as const).map(
    (said) => ({
      tool: 'update_function_configuration',
      acts: [...SIZING],
      ...said,
      kinds: ['function'] as const,
      slots: SETTING_SLOTS,
      anyOfSettings: true,
      uses: [...SETTING_WORDS, 'topic:config', 'topic:symptom', 'unit:count'] as const,
    }),
  ),
  {
    tool: 'modify_database_parameter',
    acts: ['set', 'grow', 'shrink', 'scale'],
    needsValue: 'parameter',
    kinds: ['database'],
    slots: [
      { from: 'target', argument: 'database' },
      { from: 'parameter', argument: 'parameter' },
      { from: 'parameter_value', argument: 'value' },
    ],
    uses: ['topic:parameter', 'topic:config'],
  },
  {
    tool: 'chaos_cleanup',
    acts: ['cleanup', 'terminate', 'stop', 'revert'],
    needs: [['topic:chaos']],
    kinds: [],
    slots: [{ from: 'namespace', argument: 'namespace' }],
    uses: ['topic:chaos', 'topic:namespace', 'kind:cluster', 'topic:kubernetes'],
  },
  {
    tool: 'revert_drift',
    acts: ['revert', 'rollback', 'set'],
    needs: [['topic:drift']],
    kinds: ['managed_cluster', 'bucket'],
    slots: [
      { from: 'target', argument: 'resource' },
      { from: 'drift_type', argument: 'type' },
    ],
    uses: ['topic:drift', 'topic:config', 'topic:change', 'kind:cluster'],
  },
  ...(
    [
      { acts: ['tag', 'set', 'grow'], needs: [['act:tag', 'topic:tag_word']] },
      { acts: ['tag', 'grow'], needsValue: 'tag' },
      { acts: ['terminate', 'detach', 'tag'], needsValue: 'untag' },
    ] as const
  ).map((said) => ({
    tool: 'tag_resources',
    ...said,
    kinds: TAGGABLE,
    slots: TAG_SLOTS,
    uses: ['topic:tag_word', 'topic:owner'] as const,
  })),
  {
    tool: 'put_event',
    acts: ['send', 'set', 'create'],
    needs: [['topic:event']],
    kinds: [],
    slots: [
      { from: 'event_type', argument: 'detail_type' },
      { from: 'event_severity', argument: 'severity' },
      { from: 'event_detail', argument: 'detail' },
    ],
    uses: ['topic:event', 'topic:severity', 'topic:status', 'read:describe', 'topic:instance_type'],
  },
  {
    tool: 'set_monitoring',
    acts: ['start', 'stop', 'enable', 'disable', 'set'],
    needs: [['topic:monitoring', 'topic:auto']],
    kinds: [],
    slots: [{ from: 'on_off', argument: 'enabled' }],
    uses: ['topic:monitoring', 'topic:auto', 'mark:on', 'mark:off', 'topic:monitor'],
  },
  {
    tool: 'start_instances',
    acts: ['start'],
    kinds: ['instance'],
    slots: [{ from: 'target', argument: 'instances', many: true }],
  },
  {
    tool: 'stop_instances',
    acts: ['stop'],
    kinds: ['instance'],
    slots: [{ from: 'target', argument: 'instances', many: true }],
  },
  {
    tool: 'reboot_instances',
    acts: ['restart'],
    kinds: ['instance'],
    slots: [{ from: 'target', argument: 'instances', many: true }],
  },
  {
    tool: 'terminate_instances',
    acts: ['terminate'],
    kinds: ['instance'],
    slots: [{ from: 'target', argument: 'instances', many: true }],
  },
  {
    tool: 'resize_instance',
    acts: ['resize'],
    kinds: ['instance'],
    slots: [
      { from: 'target', argument: 'instance' },
      { from: 'instance_type', argument: 'instance_type' },
    ],
    uses: ['topic:instance_type'],
  },
  {
    tool: 'reboot_database',
    acts: ['restart'],
    kinds: ['database'],
    slots: [{ from: 'target', argument: 'database' }],
  },
  {
    tool: 'restart_function',
    acts: ['restart'],
    kinds: ['function'],
    slots: [{ from: 'target', argument: 'function' }],
  },
  {
    tool: 'rollback_function',
    acts: ['rollback', 'revert'],
    kinds: ['function'],
    slots: [{ from: 'target', argument: 'function' }],
    uses: ['topic:deploy', 'topic:earlier_version', 'topic:change'],
  },
  {
    tool: 'restart_service',
    acts: ['restart', 'redeploy'],
    kinds: ['service'],
    slots: [{ from: 'target', argument: 'service' }],
    uses: ['kind:cluster'],
  },
  {
    tool: 'scale_service',
    acts: [...COUNTING],
    kinds: ['service'],
    slots: [
      { from: 'target', argument: 'service' },
      { from: 'number', argument: 'desired' },
    ],
    uses: [...SIZING_WORDS, 'kind:cluster'],
  },
  {
    tool: 'rollback_service',
    acts: ['rollback', 'revert'],
    kinds: ['service'],
    slots: [{ from: 'target', argument: 'service' }],
    uses: ['topic:deploy', 'topic:earlier_version', 'topic:change', 'kind:cluster'],
  },
  {
    tool: 'restart_deployment',
    acts: ['restart', 'redeploy'],
    kinds: ['deployment'],
    slots: [
      { from: 'target', argument: 'deployment' },
      { from: 'namespace', argument: 'namespace', optional: true },
    ],
    uses: ['topic:pod', 'topic:namespace'],
  },
  {
    tool: 'scale_deployment',
    acts: [...COUNTING],
    kinds: ['deployment'],
    slots: [
      { from: 'target', argument: 'deployment' },
      { from: 'number', argument: 'replicas' },
      { from: 'namespace', argument: 'namespace', optional: true },
    ],
    uses: [...SIZING_WORDS, 'topic:namespace'],
  },
  {
    tool: 'rollback_deployment',
    acts: ['rollback', 'revert'],
    kinds: ['deployment'],
    slots: [
      { from: 'target', argument: 'deployment' },
      { from: 'namespace', argument: 'namespace', optional: true },
    ],
    uses: ['topic:deploy', 'topic:earlier_version', 'topic:namespace', 'topic:change'],
  },
  {
    tool: 'set_desired_capacity',
    acts: [...COUNTING],
    kinds: ['auto_scaling_group'],
    slots: [
      { from: 'target', argument: 'group' },
      { from: 'number', argument: 'desired' },
    ],
    uses: SIZING_WORDS,
  },
];
