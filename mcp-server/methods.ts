import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { CallFailure } from './cloud/call-failure.ts';
import type { Failure } from './contract/failure.ts';
import { META, METHOD_SHAPES } from './contract/wire.ts';

type Shapes = typeof METHOD_SHAPES;
type Method = keyof Shapes;

/** Our own requests beside MCP's, each with its checked parameters and the session that asks. */
export type Methods = {
  [M in Method]: (
    params: z.infer<Shapes[M]['params']>,
    call: { session: string; signal: AbortSignal },
  ) => Promise<z.infer<Shapes[M]['result']>>;
};

/** Puts the methods on the wire. A `CallFailure` travels in the error's `data`, as a tool's does in `_meta`. */
export function answerMethods(
  server: Server,
  methods: Methods,
  { session, report }: { session: string; report: (error: unknown) => string },
): void {
  for (const method of Object.keys(METHOD_SHAPES) as Method[]) {
    const envelope = z.object({ method: z.literal(method), params: z.looseObject({}).optional() });
    server.setRequestHandler(envelope, async (request, { signal }) => {
      const { _meta, ...given } = request.params ?? {};
      const parsed = METHOD_SHAPES[method].params.safeParse(given);
      if (!parsed.success) throw new McpError(ErrorCode.InvalidParams, z.prettifyError(parsed.error));
      try {
        const run = methods[method] as (params: unknown, call: object) => Promise<Record<string, unknown>>;
        return await run(parsed.data, { session, signal });
      } catch (error) {
        throw protocolError(error, report);
      }
    });
  }
}

/** An error as it may leave the server: a failure with its code, or an id to look it up by. Never a stack. */
export function protocolError(error: unknown, report: (error: unknown) => string): McpError {
  const failure: Failure =
    error instanceof CallFailure
      ? error.failure
      : { code: 'internal', message: `The server failed (${report(error)}).`, nothing_changed: true };
  return new McpError(ErrorCode.InternalError, failure.message, { [META.failure]: failure });
}
