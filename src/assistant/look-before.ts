import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import type { PlannedCall } from '../domain/reading.ts';
import { runRead } from './run-read.ts';
import type { Work } from './work.ts';

const TARGETS_LOOKED_AT = 3;

/** Runs the reads that inform a decision: each target, what hangs on it, and the alarms that fire. */
export async function lookBefore(proposal: Proposal, work: Work): Promise<void> {
  for (const call of readsAbout(proposal)) {
    if (work.turn.signal.aborted) return;
    await runRead(call, work);
  }
}

function readsAbout(proposal: Proposal): PlannedCall[] {
  const changes = proposal.kind === 'call' ? [proposal] : proposal.steps;
  const targets = [...new Map(changes.flatMap((one) => one.targets).map((one) => [one.id, one])).values()];
  const place = { region: proposal.region };
  const read = (tool: string, args: Record<string, unknown>): PlannedCall => ({
    tool,
    arguments: args,
    risk: 'read',
    namedInFull: false,
  });
  return [
    ...targets
      .slice(0, TARGETS_LOOKED_AT)
      .flatMap((target) => [
        ...(target.kind === 'instance' ? [read('describe_instance', { instance: target.id, ...place })] : []),
        ...(target.kind === 'database'
          ? [
              read('get_database_load', { database: target.id, ...place }),
              read('list_database_events', { database: target.id, ...place }),
            ]
          : []),
        read('get_dependencies', { resource: target.id, ...place }),
      ]),
    read('list_alarms', { state: 'ALARM', ...place }),
  ];
}
