import { setTimeout as wait } from 'node:timers/promises';

/** As much of an AWS SDK v3 client as is needed to answer in the service's place. */
export type AttachableClient = {
  readonly config: { readonly serviceId: string; region: string | (() => Promise<string>) };
  readonly middlewareStack: {
    add(middleware: DeserializeMiddleware, options: typeof MIDDLEWARE_OPTIONS): void;
    remove(name: string): boolean;
  };
};

type HandlerContext = { commandName?: string; __smithy_context?: { abortSignal?: unknown } };
type DeserializeMiddleware = (
  next: unknown,
  context: HandlerContext,
) => (args: { input: object }) => Promise<{ response: unknown; output: never }>;

const MIDDLEWARE_OPTIONS = {
  name: 'simulatedAccount',
  step: 'deserialize',
  priority: 'high',
  override: true,
} as const;

/** One call, as it leaves the client. */
export type Request = {
  serviceId: string;
  /** The API call: `DescribeInstances`. */
  action: string;
  region: string;
  input: object;
  signal?: AbortSignal;
};
export type Answer = { output: object; requestId: string };

/**
 * Answers a client's calls at its deserialize step: what the client does before (validation, serialising)
 * and around it (retries, paginators, waiters) stays in play, and no request leaves the process.
 * Nothing is signed, so no credentials are asked for.
 */
export function attach(client: AttachableClient, answer: (request: Request) => Promise<Answer>): void {
  for (const signing of ['httpAuthSchemeMiddleware', 'httpSigningMiddleware']) {
    client.middlewareStack.remove(signing);
  }
  client.middlewareStack.add(
    (_next, context) =>
      async ({ input }) => {
        const { region, serviceId } = client.config;
        const signal = context.__smithy_context?.abortSignal;
        const { output, requestId } = await answer({
          serviceId,
          action: (context.commandName ?? '').replace(/Command$/, ''),
          region: typeof region === 'string' ? region : await region(),
          input,
          ...(signal instanceof AbortSignal && { signal }),
        });
        const $metadata = { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 };
        // The operation's own types were checked where it is written; the stack knows only the union of all.
        return { response: {}, output: { ...output, $metadata } as never };
      },
    MIDDLEWARE_OPTIONS,
  );
}

/** Waits, and ends as an aborted SDK call does when the caller gives up. */
export async function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) throw aborted();
  if (ms <= 0) return;
  await wait(ms, undefined, { signal }).catch((error: unknown) => {
    throw signal?.aborted === true ? aborted() : error;
  });
}

function aborted(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
