import { RESOURCE_KINDS, type ResourceKind } from '../../mcp-server/contract/directory.ts';
import { any, anyOf, type Item } from './items.ts';
import { saidKinds } from './targets.ts';
import type { Act, Concept } from './vocabulary/concepts.ts';

/** Kinds nothing here may delete; an instance is the only thing that can be terminated. */
const KEPT: readonly ResourceKind[] = RESOURCE_KINDS.filter((kind) => kind !== 'instance');

type Rule = { acts: readonly Act[]; on: readonly Concept[]; with?: readonly Concept[]; action: string };

const TAKING: readonly Act[] = ['terminate', 'cleanup'];
const CHANGING: readonly Act[] = [
  'terminate',
  'stop',
  'disable',
  'set',
  'create',
  'open',
  'grow',
  'shrink',
  'other',
  'revert',
  'send',
  'cleanup',
];

/** What is refused whatever the grant: deletions that lose data or a network, and changes of who may do what. */
const RULES: readonly Rule[] = [
  { acts: TAKING, on: ['guarded:network_object'], action: 'delete_network' },
  { acts: TAKING, on: ['guarded:bucket_object'], action: 'delete_bucket' },
  { acts: TAKING, on: ['guarded:snapshot'], action: 'delete_snapshot' },
  { acts: TAKING, on: ['topic:log_group'], action: 'delete_log_group' },
  { acts: TAKING, on: ['guarded:security_group'], action: 'delete_security_group' },
  { acts: TAKING, on: ['guarded:account_object'], action: 'delete_account' },
  { acts: TAKING, on: ['topic:alarm'], action: 'delete_alarm' },
  { acts: CHANGING, on: ['guarded:trail'], action: 'change_audit' },
  { acts: CHANGING, on: ['guarded:identity'], action: 'change_identity' },
  {
    acts: ['open', 'set', 'grow', 'other', 'start', 'enable'],
    on: ['guarded:security_group', 'guarded:network_object', 'guarded:bucket_object', 'guarded:world'],
    with: ['guarded:world'],
    action: 'open_to_the_world',
  },
];

/** The forbidden thing a clause asks for, or null. */
export function forbiddenIn(act: Act, items: readonly Item[]): string | null {
  for (const rule of RULES) {
    if (!rule.acts.includes(act) || !anyOf(items, rule.on)) continue;
    if (rule.with !== undefined && !anyOf(items, rule.with)) continue;
    if (rule.on.includes('guarded:snapshot') && describesInstance(items)) continue;
    return rule.action;
  }
  if (!TAKING.includes(act) || any(items, 'topic:chaos')) return null;
  const named = items.filter((item) => item.names.length > 0);
  const kinds = named.flatMap((item) => item.names.map((entry) => entry.kind));
  if (named.length > 0 && !kinds.includes('instance')) return `delete_${kinds[0] ?? 'resource'}`;
  const said = saidKinds(items);
  const kept = said.find((kind) => KEPT.includes(kind));
  return kept !== undefined && !said.includes('instance') && act === 'terminate' ? `delete_${kept}` : null;
}

/** `the backup server` is a machine by its role, not a backup. */
function describesInstance(items: readonly Item[]): boolean {
  return saidKinds(items).includes('instance') || items.some((item) => item.names.length > 0);
}
