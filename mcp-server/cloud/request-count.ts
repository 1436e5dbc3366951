import { AsyncLocalStorage } from 'node:async_hooks';
import type { Service } from './services.ts';

/** What one tool call sent: filled in while it runs. */
export type RequestCount = {
  requests: number;
  retries: number;
  /** What was asked: `EC2 DescribeInstances`. */
  actions: Set<string>;
};

/** Clients are shared by calls that run at the same time; this tells whose request a client is sending. */
const counting = new AsyncLocalStorage<RequestCount>();

export function countRequestsInto<T>(count: RequestCount, run: () => Promise<T>): Promise<T> {
  return counting.run(count, run);
}

type Next = (input: never) => Promise<unknown>;
type Context = { commandName?: string };
type CountableClient = {
  config: { serviceId: string };
  middlewareStack: {
    add(
      middleware: (next: Next, context: Context) => Next,
      options: { step: 'deserialize'; name: string; priority: 'high' },
    ): void;
  };
};

/** Counts every request the client sends, each retry of it too: the deserialize step is passed once an attempt. */
export function countRequests(client: Connectable): void {
  const attempted = new WeakSet<object>();
  const { middlewareStack, config } = client as CountableClient;
  middlewareStack.add(
    (next, context) => async (input) => {
      const count = counting.getStore();
      if (count) {
        count.requests += 1;
        count.actions.add(`${config.serviceId} ${(context.commandName ?? '').replace(/Command$/, '')}`);
        if (attempted.has(context)) count.retries += 1;
      }
      attempted.add(context);
      return next(input);
    },
    { step: 'deserialize', name: 'countRequests', priority: 'high' },
  );
}

type Connectable = import('./services.ts').Connected<Service>['client'];
