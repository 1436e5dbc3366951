import type { z } from 'zod';
import type { ToolInput, ToolName, ToolOutput } from '../../mcp-server/contract/catalogue.ts';
import type { Directory } from '../../mcp-server/contract/directory.ts';
import type { Failure } from '../../mcp-server/contract/failure.ts';
import type { Grant } from '../../mcp-server/contract/grant.ts';
import type { AccountReport, METHOD_SHAPES } from '../../mcp-server/contract/wire.ts';

/** How a call ended. Every failure is a value: a call never throws. */
export type CallResult<Data = Record<string, unknown>> =
  | { kind: 'done'; text: string; data: Data }
  | { kind: 'failed'; failure: Failure };

export type CallOptions = {
  /** Travels in `_meta`; a call that carries one is sent once, whatever happens. */
  grant?: Grant;
  /** The call's place in the plan that `grant` is for, from 0. */
  step?: number;
  /** Stops waiting for a read. A call with a grant is past stopping: it is waited for. */
  signal?: AbortSignal;
};

type ServerState = 'connecting' | 'ready' | 'restarting' | 'lost';
export type ServerEvent = { state: ServerState; detail?: string };

export type MethodName = keyof typeof METHOD_SHAPES;
type MethodParams<Name extends MethodName> = z.infer<(typeof METHOD_SHAPES)[Name]['params']>;
export type MethodResult<Name extends MethodName> = z.infer<(typeof METHOD_SHAPES)[Name]['result']>;

/** The server's tools, resources and methods, as the rest of the program sees them. */
export type Tools = {
  call<Name extends ToolName>(
    name: Name,
    args: ToolInput<Name>,
    options?: CallOptions,
  ): Promise<CallResult<ToolOutput<Name>>>;
  /** As `call`, for a name and arguments that are known only at run time. */
  callAny(name: string, args: Record<string, unknown>, options?: CallOptions): Promise<CallResult>;
  /** Throws `ToolsError`. Kept until a change was made or the server restarted. */
  account(): Promise<AccountReport>;
  /** As `account`; of the current account, or of the one named. */
  directory(account?: string | null): Promise<Directory>;
  /** One of the server's own methods. Throws `ToolsError`. */
  ask<Name extends MethodName>(method: Name, params: MethodParams<Name>): Promise<MethodResult<Name>>;
  subscribe(listener: (event: ServerEvent) => void): () => void;
  /** Bytes over the wire so far, in both directions. */
  traffic(): { received: number; sent: number };
  close(): Promise<void>;
};

/** A request for a resource or a method that could not be answered. */
export class ToolsError extends Error {
  override readonly name = 'ToolsError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}
