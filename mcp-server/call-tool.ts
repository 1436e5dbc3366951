import { changeWith } from './change-call.ts';
import type { Place } from './cloud/account.ts';
import { CallFailure, untouched } from './cloud/call-failure.ts';
import { isCancelled } from './cloud/explain-error.ts';
import type { OpenCloud } from './cloud/open-cloud.ts';
import { countRequestsInto, type RequestCount } from './cloud/request-count.ts';
import type { CallFacts } from './contract/call.ts';
import { DocumentError } from './contract/document-error.ts';
import type { Failure } from './contract/failure.ts';
import type { Guard } from './guard/guard.ts';
import { checkedInput } from './tool-input.ts';
import type { AnyTool } from './tools/tool.ts';

/** A tool call as it arrived: nothing in it is checked yet. */
export type ToolCall = {
  name: string;
  arguments: unknown;
  session: string;
  /** `_meta['aiops/grant']` and `_meta['aiops/step']`. */
  grant: unknown;
  step: unknown;
  /** Aborted when the caller gives up. */
  signal: AbortSignal;
  progress: (message: string) => void;
};

export type ToolAnswer =
  | { kind: 'answer'; structured: Record<string, unknown>; text: string }
  | { kind: 'failed'; failure: Failure };

export type ToolCalls = (call: ToolCall) => Promise<ToolAnswer>;

export type ToolCallParts = {
  tools: ReadonlyMap<string, AnyTool>;
  cloud: OpenCloud;
  guard: Guard;
  /** Keeps a record of a change that ended before the guard was asked, and of tools that are none. */
  turnedAway: (call: ToolCall, failure: Failure) => void;
  /** Milliseconds that only go forward. */
  stopwatch: () => number;
  /** Takes an error nobody has words for and returns the id it can be found by. */
  report: (error: unknown) => string;
};

/** A read that takes longer than this has found nothing in time. */
const CALL_LIMIT_MS = 120_000;

/** Answers tool calls. Never throws: whatever goes wrong is a `Failure`. */
export function createToolCalls(parts: ToolCallParts): ToolCalls {
  return async (call) => {
    let guardAsked = false;
    const guard: Guard = {
      run: (request) => {
        guardAsked = true;
        return parts.guard.run(request);
      },
    };
    try {
      return await answer({ ...parts, guard }, call);
    } catch (error) {
      const failure = failureOf(error, call, guardAsked, parts.report);
      if (!guardAsked && parts.tools.get(call.name)?.kind !== 'read') recordAttempt(parts, call, failure);
      return { kind: 'failed', failure };
    }
  };
}

/** The refusal stands also when it cannot be written down. */
function recordAttempt(parts: ToolCallParts, call: ToolCall, failure: Failure): void {
  try {
    parts.turnedAway(call, failure);
  } catch (error) {
    parts.report(error);
  }
}

async function answer(parts: ToolCallParts, call: ToolCall): Promise<ToolAnswer> {
  const began = parts.stopwatch();
  const tool = parts.tools.get(call.name);
  if (!tool) {
    throw untouched('unknown_tool', `There is no tool ${JSON.stringify(call.name)}.`, {
      hint: 'tools/list has the tools there are.',
    });
  }
  const input = checkedInput(tool.contract, call.arguments);
  const count: RequestCount = { requests: 0, retries: 0, actions: new Set() };
  const looked = new Set<Place>();
  // A change is not given up halfway for being slow: it bounds its own waits.
  const signal =
    tool.kind === 'read' ? AbortSignal.any([call.signal, AbortSignal.timeout(CALL_LIMIT_MS)]) : call.signal;
  const cloud = parts.cloud.forCall({ signal, looked, progress: call.progress });

  const result = await countRequestsInto(count, () =>
    tool.kind === 'read'
      ? tool.run(input, cloud)
      : changeWith(tool, input, { ...parts, call, openCloud: parts.cloud, cloud }),
  );
  const facts: CallFacts = {
    cli: result.cli,
    console: result.console,
    account: [...new Set([...looked].map(({ account }) => account.name))].join(', '),
    regions: [...new Set([...looked].map(({ region }) => region))],
    aws_calls: count.requests,
    retries: count.retries,
    elapsed_ms: Math.round((parts.stopwatch() - began) * 10) / 10,
  };
  return { kind: 'answer', structured: { ...result.findings, call: facts }, text: withGaps(result) };
}

/** What could not be seen belongs to the words as much as to the structure. */
function withGaps({
  text,
  findings,
}: {
  text: string;
  findings: { coverage: { gaps: { detail: string }[] } };
}) {
  const gaps = [...new Set(findings.coverage.gaps.map((gap) => gap.detail))];
  const shown = gaps.slice(0, 5).map((detail) => `Not seen: ${detail}`);
  const left = gaps.length - shown.length;
  return [text, ...shown, ...(left > 0 ? [`Not seen: ${left} more gaps.`] : [])].join('\n');
}

/** Before the guard is asked nothing is changed, whatever went wrong; after it, only the guard knows. */
function failureOf(
  error: unknown,
  call: ToolCall,
  guardAsked: boolean,
  report: (error: unknown) => string,
): Failure {
  if (error instanceof CallFailure) return error.failure;
  if (error instanceof DocumentError && !guardAsked)
    return { code: 'store', message: error.message, nothing_changed: true };
  if (guardAsked) {
    return {
      code: 'internal',
      message: `${call.name} failed inside the server after the guard was asked to run it (${report(error)}).`,
      hint: 'The audit log knows how far it came: `aiops audit show`. Look at the account before asking for it again.',
      nothing_changed: false,
    };
  }
  if (call.signal.aborted) {
    return { code: 'cancelled', message: `${call.name} was cancelled.`, nothing_changed: true };
  }
  if (isCancelled(error) || (error instanceof Error && error.name === 'TimeoutError')) {
    return {
      code: 'unreachable',
      message: `${call.name} took longer than ${CALL_LIMIT_MS / 1_000} s and was given up.`,
      nothing_changed: true,
    };
  }
  return {
    code: 'internal',
    message: `${call.name} failed inside the server (${report(error)}).`,
    hint: 'Run the server with --debug to see what happened on its standard error.',
    nothing_changed: true,
  };
}
