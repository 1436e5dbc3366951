import type { ToolInput, ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerContext } from './context.ts';
import { firstNames } from './shortened.ts';

const TOLD = 3;
const NAMED = 6;

export function loadBalancers(data: ToolOutput<'list_load_balancers'>, { words }: AnswerContext): string[] {
  const all = data.load_balancers;
  if (all.length === 0) return [words.services.noBalancers()];
  const named = all.map((one) => `${plainLine(one.name)} (${one.type})`);
  const unwell = all.filter(({ state }) => state !== 'active').slice(0, TOLD);
  return [
    words.services.balancers(all.length, firstNames(named, NAMED, words)),
    ...unwell.map((one) =>
      words.services.balancerState(
        plainLine(one.name),
        one.state,
        one.state_reason === undefined ? null : plainLine(one.state_reason),
      ),
    ),
  ];
}

/** How many targets are healthy, and why the others are not. */
export function targetHealth(
  data: ToolOutput<'get_target_health'>,
  args: ToolInput<'get_target_health'>,
  { words }: AnswerContext,
): string[] {
  const balancer = plainLine(data.load_balancer.name);
  const all = data.target_groups.flatMap(({ name, targets }) =>
    targets.map((target) => ({ ...target, group: plainLine(name) })),
  );
  const unhealthy = all.filter(({ state }) => state !== 'healthy');
  // What is not seen is said as a gap, not as none.
  const unseen = data.coverage.gaps.length > 0;
  return [
    ...(data.matched === 'close' ? [words.takenFor(args.load_balancer, balancer)] : []),
    ...(all.length > 0
      ? [words.services.health({ balancer, healthy: all.length - unhealthy.length, total: all.length })]
      : []),
    ...(all.length === 0 && !unseen ? [words.services.noTargets(balancer)] : []),
    ...unhealthy.slice(0, TOLD).map(({ name, group, state, reason, description }) =>
      words.services.target({
        name: plainLine(name),
        group,
        state,
        reason: reasonOf(reason, description),
      }),
    ),
    ...(unhealthy.length > TOLD ? [words.services.moreTargets(unhealthy.length - TOLD)] : []),
  ];
}

function reasonOf(reason: string | undefined, description: string | undefined): string | null {
  const said = [reason, description].flatMap((part) => (part === undefined ? [] : [plainLine(part)]));
  return said.length > 0 ? said.join(': ') : null;
}
