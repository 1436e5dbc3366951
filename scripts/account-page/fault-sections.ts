import { FAULT_KINDS, type FaultKind } from '../../mcp-server/simulator/account-file.ts';
import { rulesFor } from '../../mcp-server/simulator/world/faults/registry.ts';
import { code } from '../markdown.ts';
import { FAULT_WORDS } from './fault-words.ts';

/** The kinds that do something, by the rules the simulator has for them, and those that are only read. */
export const ACTING = FAULT_KINDS.filter((kind) => rulesFor(kind).length > 0);
export const IDLE = FAULT_KINDS.filter((kind) => rulesFor(kind).length === 0);

/** @throws Error for a kind that acts and of which nothing is said */
export function faultSections(): string[] {
  return [
    ...ACTING.flatMap(actingKind),
    ...(IDLE.length === 0
      ? []
      : ['### Not yet', '', `Read, and change nothing yet: ${IDLE.map(code).join(', ')}.`, '']),
  ];
}

function actingKind(kind: FaultKind): string[] {
  const words = FAULT_WORDS[kind];
  if (words === undefined) throw new Error(`nothing is said of the fault ${kind}`);
  return [
    `### ${code(kind)}`,
    '',
    words.what,
    '',
    `- **On**: ${struckBy(kind)}.`,
    `- **Seen**: ${words.seen}`,
    `- **Mends it**: ${words.mends}`,
    `- **Tempting, and wrong**: ${words.wrong}`,
    '',
  ];
}

const NAMES = {
  instance: 'instance',
  load_balancer: 'load balancer',
  auto_scaling_group: 'Auto Scaling group',
  function: 'function',
  service: 'service',
  database: 'database',
  api: 'API',
  deployment: 'Kubernetes workload',
  cluster: 'cluster',
  external: 'anything outside the file',
} as const;

function struckBy(kind: FaultKind): string {
  return [...new Set(rulesFor(kind).flatMap(({ strikes }) => strikes))].map((one) => NAMES[one]).join(', ');
}
