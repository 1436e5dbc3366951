import type { ToolCall } from './call-tool.ts';
import type { Account } from './cloud/account.ts';
import { CallFailure } from './cloud/call-failure.ts';
import type { Cloud } from './cloud/cloud.ts';
import { asFailure } from './cloud/explain-error.ts';
import type { OpenCloud } from './cloud/open-cloud.ts';
import type { ChangesMade } from './contract/catalogue/changes-made.ts';
import type { PlannedChange, Target } from './contract/proposal.ts';
import type { Guard, Origin } from './guard/guard.ts';
import type { ChangeTool, Observed, Seen, ToolResult } from './tools/tool.ts';

type Around = { guard: Guard; openCloud: OpenCloud; cloud: Cloud; call: ToolCall };

/** A change from its arguments to what was seen after it: observe, plan, and the rest behind the guard. */
export async function changeWith(
  tool: ChangeTool<unknown, unknown>,
  input: unknown,
  { guard, openCloud, cloud, call }: Around,
): Promise<ToolResult<Record<string, unknown>>> {
  const observed = await tool.observe(input, cloud);
  const change = plannedNow(tool, input, observed, call);
  const account = await cloud.account({ account: observed.account });
  const at = { account: observed.account, region: observed.region };
  // From here on a caller that leaves does not stop the work: what was begun is seen through and recorded.
  const lasting: Cloud = { ...cloud, signal: new AbortController().signal };

  const outcome = await guard.run({
    origin: await originOf(account, observed.region, call.session),
    change,
    spellings: observed.states.map(({ id, arn, name, takes = [] }) => [id, arn, name, ...takes]),
    account: { now: account.now().toISOString(), keeps: account.keeps },
    population: observed.population,
    protectedHere: account.protected,
    grant: call.grant,
    step: call.step,
    attempt: async () => {
      try {
        await tool.attempt(change, at, lasting);
      } finally {
        // However it ended: whoever looks now, also to find out, must not be shown what was remembered.
        openCloud.forget(account);
      }
    },
    verify: () => tool.verify(change, at, lasting),
  });
  if (outcome.kind === 'not_changed') throw new CallFailure(outcome.failure);
  const findings: Omit<ChangesMade, 'call'> = {
    changes: outcome.seen.map((seen) => changeMade(seen, change.targets)),
    grant: outcome.grant,
    audit: outcome.audit,
    ...(outcome.note === undefined ? {} : { note: outcome.note }),
    coverage: { looked_at: [], gaps: change.blast_radius.gaps },
  };
  return { findings, text: textOf(change, outcome.seen, outcome.note), cli: change.cli, console: null };
}

function plannedNow(
  tool: ChangeTool<unknown, unknown>,
  input: unknown,
  observed: Observed<unknown>,
  call: ToolCall,
): PlannedChange {
  try {
    return tool.plan(input, observed);
  } catch (error) {
    if (!(error instanceof CallFailure) || error.failure.code !== 'invalid_state') throw error;
    // A step of a plan may come too early; a call on its own was approved when it still made sense.
    if (call.grant === undefined || call.step !== undefined) throw error;
    throw new CallFailure({ ...error.failure, code: 'state_moved' });
  }
}

/** Where a change would go and as whom. Throws `CallFailure` when AWS does not say who is calling. */
export async function originOf(account: Account, region: string, session: string): Promise<Origin> {
  try {
    const identity = await account.identity();
    return { backend: account.backend, identity: identity.arn, account: identity.account, region, session };
  } catch (error) {
    if (error instanceof CallFailure) throw error;
    throw asFailure(error, { action: 'sts:GetCallerIdentity', place: { account, region } });
  }
}

function changeMade(seen: Seen, targets: readonly Target[]): ChangesMade['changes'][number] {
  const target = targets.find((one) => one.id === seen.id);
  return { id: seen.id, name: seen.name, before: target?.was ?? {}, after: seen.facts, result: seen.result };
}

function textOf(change: PlannedChange, seen: Seen[], note: string | undefined): string {
  const lines = seen.map(({ id, name, facts, result }) => {
    const now = Object.entries(facts).map(([key, value]) => `${key} ${value}`);
    return `${change.tool} ${name} (${id}): ${result.replaceAll('_', ' ')}; ${now.join(', ')}`;
  });
  return [...lines, ...(note ? [note] : [])].join('\n');
}
