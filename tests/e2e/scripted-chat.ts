import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { BUNDLING } from '../../scripts/bundling.ts';
import type { EngineEvent } from '../../src/domain/events.ts';
import type { Heard } from '../terminal/scripted-engine.ts';
import { type Newcomer, ROOT } from './program.ts';
import type { PseudoTerminal, PseudoTerminalOptions } from './pseudo-terminal.ts';

/** The chat in a pseudo-terminal, and what its engine says and is told. */
export type ScriptedChat = {
  chat: PseudoTerminal;
  emit(...events: EngineEvent[]): void;
  heard: readonly Heard[];
};

/** The program that talks on behalf of a test, bundled as the product is; resolves to its file. */
export async function bundleScriptedChat(folder: string): Promise<string> {
  const outfile = join(folder, 'scripted-chat.mjs');
  await build({
    ...BUNDLING,
    entryPoints: [join(ROOT, 'tests', 'e2e', 'scripted-engine-child.ts')],
    outfile,
  });
  return outfile;
}

/** `account`: what the kept session says chose its account. */
export async function openScriptedChat(
  person: Newcomer,
  program: string,
  options: Pick<PseudoTerminalOptions, 'columns' | 'rows'> & { account?: string } = {},
): Promise<ScriptedChat> {
  const { account = 'shop', ...size } = options;
  const path = join(person.home, `engine-${Math.random().toString(36).slice(2)}.sock`);
  const connected = Promise.withResolvers<Socket>();
  const server = createServer((socket) => connected.resolve(socket));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const chat = person.terminal([path, account], { ...size, program });
  void chat.exited.then(() => connected.reject(new Error('the chat ended before its engine was there')));
  const wire = await connected.promise.finally(() => server.close());
  const heard: Heard[] = [];
  createInterface({ input: wire }).on('line', (line) => heard.push(JSON.parse(line)));
  return {
    chat,
    heard,
    emit: (...events) => {
      for (const event of events) wire.write(`${JSON.stringify(event)}\n`);
    },
  };
}
