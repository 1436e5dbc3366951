import { originOf } from './change-call.ts';
import { CallFailure, untouched } from './cloud/call-failure.ts';
import type { Cloud } from './cloud/cloud.ts';
import type { Judged } from './guard/forbidden.ts';
import type { Origin } from './guard/guard.ts';
import { expectedFacts } from './guard/plan-steps.ts';
import { checkedInput } from './tool-input.ts';
import type { AnyTool } from './tools/tool.ts';

type StepAsked = { tool: string; arguments: Record<string, unknown> };

/**
 * Plans several changes as one: each step on the state that the steps before it are expected to leave. Throws
 * `CallFailure` for a step that cannot be planned, and for steps in more than one place.
 */
export async function planSteps(
  asked: readonly StepAsked[],
  tools: ReadonlyMap<string, AnyTool>,
  cloud: Cloud,
  session: string,
): Promise<{ origin: Origin; steps: Judged[] }> {
  const steps: Judged[] = [];
  let at: { account: string; region: string } | null = null;
  for (const [index, step] of asked.entries()) {
    try {
      const tool = tools.get(step.tool);
      if (!tool) throw untouched('unknown_tool', `There is no tool ${JSON.stringify(step.tool)}.`);
      if (tool.kind === 'read') {
        throw untouched('invalid_arguments', `${step.tool} changes nothing; a plan holds changes only.`);
      }
      const input = checkedInput(tool.contract, step.arguments);
      const observed = await tool.observe(input, cloud);
      at ??= { account: observed.account, region: observed.region };
      if (at.account !== observed.account || at.region !== observed.region) {
        throw untouched('invalid_arguments', 'A plan stays in one account and one region; split it.');
      }
      const states = expectedFacts(
        observed.states,
        steps.map(({ change }) => change),
      );
      steps.push({
        change: tool.plan(input, { ...observed, states }),
        spellings: observed.states.map(({ id, arn, name, takes = [] }) => [id, arn, name, ...takes]),
        population: observed.population,
        protectedHere: (await cloud.account(at)).protected,
      });
    } catch (error) {
      throw error instanceof CallFailure ? new CallFailure({ ...error.failure, step: index }) : error;
    }
  }
  if (!at) throw untouched('invalid_arguments', 'A plan has steps.');
  return { origin: await originOf(await cloud.account(at), at.region, session), steps };
}
