import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { CATALOGUE, isToolName } from '../../mcp-server/contract/catalogue.ts';
import { type Failure, type FailureCode, failure } from '../../mcp-server/contract/failure.ts';
import { META } from '../../mcp-server/contract/wire.ts';
import type { CallResult } from './tools.ts';

/** What `tools/call` answers, as far as it is used here; the rest of the protocol's members may stand. */
export const callAnswer = z.looseObject({
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).default([]),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  isError: z.boolean().optional(),
  _meta: z.record(z.string(), z.unknown()).optional(),
});
type CallAnswer = z.infer<typeof callAnswer>;

/** A failure seen on this side of the wire. */
export function failed(
  code: FailureCode,
  message: string,
  nothingChanged: boolean,
  hint?: string,
): { kind: 'failed'; failure: Failure } {
  return {
    kind: 'failed',
    failure: { code, message, nothing_changed: nothingChanged, ...(hint ? { hint } : {}) },
  };
}

/** Reads a server's answer to a call against the contract: a shape that does not fit is a failure, never data. */
export function readAnswer(tool: string, answer: CallAnswer, granted: boolean): CallResult {
  const text = answer.content.map((part) => part.text ?? '').join('\n');
  if (answer.isError) {
    const said = failure.safeParse(answer._meta?.[META.failure]);
    if (said.success) return { kind: 'failed', failure: said.data };
    return failed('internal', text || 'the server failed and did not say how', !granted);
  }
  if (!isToolName(tool)) return failed('unknown_tool', `no contract for ${tool}`, !granted);
  const data = CATALOGUE[tool].output.safeParse(answer.structuredContent);
  if (data.success) return { kind: 'done', text, data: data.data };
  const where = data.error.issues[0];
  return failed(
    granted ? 'outcome_unknown' : 'internal',
    `the server's answer to ${tool} is not of the agreed shape (${where?.path.join('.') || 'top level'}: ${where?.message ?? 'unknown'})`,
    !granted,
    'The two halves of the program may be of different versions.',
  );
}

/** What a JSON-RPC error of a request says, as a failure. */
export function readError(error: unknown): Failure {
  if (error instanceof McpError) {
    const carried = failure.safeParse(carriedFailure(error.data));
    if (carried.success) return carried.data;
    // The SDK puts "MCP error -32000: " before every message.
    const message = error.message.replace(/^MCP error -?\d+: /, '');
    return { code: codeOf(error.code), message, nothing_changed: true };
  }
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : String(error),
    nothing_changed: true,
  };
}

function carriedFailure(data: unknown): unknown {
  if (typeof data === 'object' && data !== null && META.failure in data)
    return data[META.failure as keyof typeof data];
  return data;
}

function codeOf(code: number): FailureCode {
  switch (code) {
    case ErrorCode.InvalidParams:
      return 'invalid_arguments';
    case ErrorCode.ConnectionClosed:
    case ErrorCode.RequestTimeout:
      return 'unreachable';
    default:
      return 'internal';
  }
}
