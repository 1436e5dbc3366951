import type { Engine } from '../domain/engine.ts';
import type { EngineEvent } from '../domain/events.ts';
import type { Intent } from './state.ts';

type Message = Exclude<Intent, { intent: 'leave' }>;

/** The chat's line to the engine, which may come later than the first words for it. */
type EngineLine = {
  connect(engine: Engine | (() => Promise<Engine>), hear: (event: EngineEvent) => void): void;
  /** Passed on at once, or, before there is an engine, in order as soon as there is one. */
  send(message: Message): void;
  /** Stops listening and closes the engine, if there is one. */
  close(): Promise<void>;
};

export function createEngineLine(): EngineLine {
  let engine: Engine | null = null;
  let coming: Promise<void> = Promise.resolve();
  let waiting: Message[] = [];
  let stopListening = () => {};
  let closed = false;

  function begin(ready: Engine, hear: (event: EngineEvent) => void): void {
    engine = ready;
    stopListening = ready.subscribe(hear);
    for (const message of waiting) pass(ready, message);
    waiting = [];
  }

  return {
    connect: (source, hear) => {
      if (typeof source !== 'function') {
        begin(source, hear);
        return;
      }
      coming = source().then(
        async (ready) => (closed ? await ready.close() : begin(ready, hear)),
        (error: unknown) =>
          hear({
            type: 'server',
            state: 'lost',
            detail: error instanceof Error ? error.message : String(error),
          }),
      );
    },
    send: (message) => {
      if (engine) pass(engine, message);
      else waiting.push(message);
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await coming;
      stopListening();
      await engine?.close();
    },
  };
}

function pass(engine: Engine, message: Message): void {
  switch (message.intent) {
    case 'submit':
      engine.submit(message.text, message.provenance);
      break;
    case 'answer':
      engine.answer(message.call, message.decision);
      break;
    case 'interrupt':
      engine.interrupt();
      break;
    case 'speak':
      engine.speak(message.language);
      break;
  }
}
