import type { Engine } from '../domain/engine.ts';
import type { EngineEvent } from '../domain/events.ts';
import type { TalkSoFar } from '../domain/kept-session.ts';
import type { Intent } from './state.ts';

/** What the conversation itself is asked for. */
export type Message = Extract<
  Intent,
  { intent: 'submit' | 'answer' | 'interrupt' | 'speak' | 'look' | 'use_account' }
>;

/** The chat's line to the engine, which may come later than the first words for it. */
export type EngineLine = {
  /** `until`: what is sent waits for it, and is heard no sooner; the engine's own events are heard at once. */
  connect(
    engine: Engine | (() => Promise<Engine>),
    hear: (event: EngineEvent) => void,
    until?: Promise<void>,
  ): void;
  /** Passed on at once, or, before there is an engine, in order as soon as there is one. */
  send(message: Message): void;
  /** Goes on with an earlier talk, before anything that still waits to be sent. */
  resume(talk: TalkSoFar): void;
  /** The engine, as soon as there is one; null when there will be none. */
  engine(): Promise<Engine | null>;
  /** Closes the engine, if there is one; what it says until then is still heard. */
  close(): Promise<void>;
};

export function createEngineLine(): EngineLine {
  let engine: Engine | null = null;
  let coming: Promise<void> = Promise.resolve();
  let waiting: Message[] = [];
  let talk: TalkSoFar | null = null;
  const arrived = Promise.withResolvers<Engine | null>();
  let stopListening = () => {};
  let closed = false;
  const closing = Promise.withResolvers<void>();

  function begin(ready: Engine): void {
    engine = ready;
    // Who left meanwhile wants none of it done.
    if (closed) return;
    if (talk) ready.resume(talk);
    for (const message of waiting) pass(ready, message);
    waiting = [];
    arrived.resolve(ready);
  }

  return {
    connect: (source, hear, until) => {
      const arrive = async (ready: Engine) => {
        if (closed) return await ready.close();
        stopListening = ready.subscribe(hear);
        if (until) await Promise.race([until, closing.promise]);
        begin(ready);
      };
      if (typeof source !== 'function') {
        coming = arrive(source);
        return;
      }
      coming = source().then(arrive, (error: unknown) => {
        arrived.resolve(null);
        hear({
          type: 'server',
          state: 'lost',
          detail: error instanceof Error ? error.message : String(error),
        });
      });
    },
    send: (message) => {
      if (engine) pass(engine, message);
      else waiting.push(message);
    },
    resume: (of) => {
      if (engine) engine.resume(of);
      else talk = of;
    },
    engine: () => arrived.promise,
    close: async () => {
      if (closed) return;
      closed = true;
      closing.resolve();
      await coming;
      arrived.resolve(null);
      await engine?.close();
      stopListening();
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
    case 'look':
      engine.look(message.region);
      break;
    case 'use_account':
      engine.switchAccount(message.name);
      break;
  }
}
