import type { Engine } from '../../src/domain/engine.ts';
import type { ApprovalDecision, EngineEvent, Provenance, TurnOutcome } from '../../src/domain/events.ts';
import type { TalkSoFar } from '../../src/domain/kept-session.ts';
import type { Language } from '../../src/domain/reading.ts';

export type Heard =
  | { intent: 'submit'; text: string; provenance: Provenance }
  | { intent: 'answer'; call: string; decision: ApprovalDecision }
  | { intent: 'speak'; language: Language }
  | { intent: 'look'; region: string | null }
  | { intent: 'use_account'; name: string }
  | { intent: 'resume'; talk: TalkSoFar }
  | { intent: 'interrupt' }
  | { intent: 'close' };

/** What a script does with a sentence: it emits events, the last one through `end`. */
export type Script = (turn: {
  id: string;
  text: string;
  provenance: Provenance;
  emit(event: EngineEvent): void;
  end(outcome: TurnOutcome): void;
}) => void;

/** An engine that says what its script says, and remembers every intent it gets. */
export type ScriptedEngine = Engine & {
  heard: Heard[];
  emit(event: EngineEvent): void;
};

export function scriptedEngine(
  script: Script = ({ end }) => end('answered'),
  onAnswer: (call: string, decision: ApprovalDecision, engine: ScriptedEngine) => void = () => {},
): ScriptedEngine {
  const listeners = new Set<(event: EngineEvent) => void>();
  const heard: Heard[] = [];
  let turns = 0;
  const emit = (event: EngineEvent) => {
    for (const listener of listeners) listener(event);
  };
  const engine: ScriptedEngine = {
    heard,
    emit,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    submit: (text, provenance) => {
      heard.push({ intent: 'submit', text, provenance });
      turns += 1;
      const id = `t${turns}`;
      emit({ type: 'turn_started', turn: id, text, provenance });
      script({
        id,
        text,
        provenance,
        emit,
        end: (outcome) => emit({ type: 'turn_ended', turn: id, outcome }),
      });
    },
    answer: (call, decision) => {
      heard.push({ intent: 'answer', call, decision });
      onAnswer(call, decision, engine);
    },
    speak: (language) => heard.push({ intent: 'speak', language }),
    look: (region) => heard.push({ intent: 'look', region }),
    switchAccount: (name) => heard.push({ intent: 'use_account', name }),
    resume: (talk) => heard.push({ intent: 'resume', talk }),
    names: async () => [],
    audit: async () => ({ kind: 'read', entries: [] }),
    interrupt: () => heard.push({ intent: 'interrupt' }),
    close: async () => {
      heard.push({ intent: 'close' });
    },
  };
  return engine;
}
