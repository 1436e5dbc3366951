import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { openChatSessions } from '../../src/cli/open-sessions.ts';
import type { Engine } from '../../src/domain/engine.ts';
import type { EngineEvent } from '../../src/domain/events.ts';
import { runTerminal } from '../../src/terminal/run.tsx';
import type { Heard } from '../terminal/scripted-engine.ts';

/**
 * The real chat, with its real sessions, on the terminal it is started in; only its engine is somebody else's: what
 * it says comes from the socket named first, an event a line, and what it is told goes there. Turns begin with what
 * is submitted and end with the event that says so, or when they are interrupted or closed.
 */
const [socket = '', account = ''] = process.argv.slice(2);

const wire = connect(socket);
const listeners = new Set<(event: EngineEvent) => void>();
const early: EngineEvent[] = [];
let turns = 0;
let running: string | null = null;

const tell = (heard: Heard) => wire.write(`${JSON.stringify(heard)}\n`);

function emit(event: EngineEvent): void {
  if (event.type === 'turn_ended') running = null;
  if (listeners.size === 0) early.push(event);
  for (const listener of listeners) listener(event);
}

function cancel(): void {
  if (running !== null) emit({ type: 'turn_ended', turn: running, outcome: 'cancelled' });
}

const engine: Engine = {
  subscribe: (listener) => {
    listeners.add(listener);
    for (const event of early.splice(0)) listener(event);
    return () => listeners.delete(listener);
  },
  submit: (text, provenance) => {
    turns += 1;
    running = `t${turns}`;
    tell({ intent: 'submit', text, provenance });
    emit({ type: 'turn_started', turn: running, text, provenance });
  },
  answer: (call, decision) => tell({ intent: 'answer', call, decision }),
  interrupt: () => {
    tell({ intent: 'interrupt' });
    cancel();
  },
  speak: (language) => tell({ intent: 'speak', language }),
  look: (region) => tell({ intent: 'look', region }),
  switchAccount: (name) => tell({ intent: 'use_account', name }),
  resume: (talk) => tell({ intent: 'resume', talk }),
  names: async () => [],
  audit: async () => ({ kind: 'read', entries: [] }),
  close: async () => {
    cancel();
    wire.end();
  },
};

createInterface({ input: wire }).on('line', (line) => emit(JSON.parse(line)));

process.exitCode = await runTerminal({
  engine,
  sessions: async () =>
    openChatSessions({
      days: 1,
      asked: `--account ${account}`,
      environment: process.env,
      version: 'scripted',
      server: 'scripted',
    }),
  language: 'en',
  version: 'scripted',
  stdin: process.stdin,
  stdout: process.stdout,
});
