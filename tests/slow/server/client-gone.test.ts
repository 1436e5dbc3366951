import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { AuditEntry } from '../../../mcp-server/contract/audit.ts';
import type { Proposal } from '../../../mcp-server/contract/proposal.ts';
import { META, METHODS } from '../../../mcp-server/contract/wire.ts';
import { SHOP } from '../../server/accounts.ts';
import { executed } from '../../server/kept-journal.ts';
import { grantFor, makeHome, startServer } from '../../server/running-server.ts';

const MAIN = fileURLToPath(new URL('../../../mcp-server/main.ts', import.meta.url));
const NODE = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

type Message = { id?: number; method?: string; result?: { _meta: Record<string, { proposal: Proposal }> } };

/** A client with nothing but the pipes, so that it can let go of them as a killed one does. */
function bareClient(child: ChildProcessWithoutNullStreams) {
  let last = 0;
  const waiting = new Map<number | string, (message: Message) => void>();
  createInterface(child.stdout).on('line', (line) => {
    const message: Message = JSON.parse(line);
    waiting.get(message.id ?? message.method ?? '')?.(message);
  });
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const next = (of: number | string) => new Promise<Message>((resolve) => waiting.set(of, resolve));
  return {
    send,
    next,
    ask: (method: string, params: object) => {
      last += 1;
      send({ id: last, method, params });
      return next(last);
    },
  };
}

test.each([
  ['lets go of every pipe', (child: ChildProcessWithoutNullStreams) => child.stderr.destroy()],
  [
    'is closed with its terminal, and asks twice',
    (child: ChildProcessWithoutNullStreams) => {
      for (const signal of ['SIGHUP', 'SIGTERM', 'SIGTERM'] as const) child.kill(signal);
    },
  ],
])(
  'a client that %s in the middle of a resize: it is seen through, and the log has the outcome',
  async (_, more) => {
    const home = await makeHome({ account: SHOP });
    open.push(home.remove);
    // Slow enough for several notes to find nobody there.
    const child = spawn(NODE, [MAIN, '--account', `${home.folder}/account.yaml`, '--keep', '--speed', '20'], {
      env: home.env,
    });
    open.push(() => child.kill('SIGKILL'));
    child.stdin.on('error', () => {});
    const ended = once(child, 'exit');
    const client = bareClient(child);
    await client.ask('initialize', {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'bare', version: '1' },
    });
    client.send({ method: 'notifications/initialized' });
    const call = { name: 'resize_instance', arguments: { instance: 'api-1', instance_type: 'm6i.xlarge' } };
    const asked = await client.ask('tools/call', call);
    const proposal = asked.result?._meta[META.failure]?.proposal;
    if (!proposal) throw new Error(JSON.stringify(asked));
    const stopping = client.next('notifications/progress');
    const _meta = { progressToken: 1, [META.grant]: grantFor(proposal, home.key) };
    void client.ask('tools/call', { ...call, _meta });
    await stopping;
    child.stdout.destroy();
    child.stdin.destroy();
    more(child);
    expect(await ended).toEqual([0, null]);

    const next = await startServer({ account: SHOP, args: ['--keep', '--speed', '20'] }, home);
    open.push(() => next.stop());
    const { entries } = (await next.method(METHODS.auditShow)) as { entries: AuditEntry[] };
    expect(entries.map(({ event }) => event)).toEqual(['proposed', 'approved', 'intent', 'outcome']);
    expect(entries.at(-1)?.detail).toMatchObject({ result: 'done' });
    const { output } = await next.call('describe_instance', { instance: 'api-1' });
    expect(output.instance.type).toBe('m6i.xlarge');
    expect(['pending', 'running']).toContain(output.instance.state);
    expect(executed(home)).toEqual(['StopInstances', 'ModifyInstanceAttribute', 'StartInstances']);
  },
);
