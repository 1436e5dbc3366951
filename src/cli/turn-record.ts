import type { Coverage } from '../../mcp-server/contract/coverage.ts';
import { coverage } from '../../mcp-server/contract/coverage.ts';
import type { CallView, EngineEvent, Provenance, TurnOutcome } from '../domain/events.ts';
import type { Language, Reading } from '../domain/reading.ts';
import { inFull } from '../domain/saying.ts';

/** All that one turn said, gathered from its events. */
type TurnRecord = {
  text: string;
  provenance: Provenance;
  language: Language;
  reading: Reading | null;
  calls: CallView[];
  said: { tone: string; text: string }[];
  outcome: TurnOutcome | null;
};

export function createTurnRecord(language: Language): {
  record: TurnRecord;
  take(event: EngineEvent): void;
} {
  const record: TurnRecord = {
    text: '',
    provenance: 'piped',
    language,
    reading: null,
    calls: [],
    said: [],
    outcome: null,
  };
  const take = (event: EngineEvent): void => {
    switch (event.type) {
      case 'turn_started':
        record.text = event.text;
        record.provenance = event.provenance;
        return;
      case 'understood':
        record.reading = event.reading;
        record.language = event.language;
        return;
      case 'call': {
        const at = record.calls.findIndex((view) => view.id === event.view.id);
        if (at < 0) record.calls.push(event.view);
        else record.calls[at] = event.view;
        return;
      }
      case 'say':
        record.said.push({ tone: event.tone, text: inFull(event) });
        return;
      case 'turn_ended':
        record.outcome = event.outcome;
        return;
      case 'account':
      case 'place':
      // The saying that closes its pieces says all of it.
      case 'say_part':
      case 'alarms':
      case 'server':
      case 'approval_asked':
      case 'approval_settled':
        return;
    }
  };
  return { record, take };
}

/** The one object that `ask --json` prints. */
export function recordJson(record: TurnRecord): Record<string, unknown> {
  return {
    text: record.text,
    provenance: record.provenance,
    language: record.language,
    outcome: record.outcome,
    reading: record.reading,
    answer: record.said.filter((one) => one.tone === 'answer').map((one) => one.text),
    said: record.said,
    calls: record.calls.map(callJson),
    coverage: coverageOf(record.calls),
    failures: record.calls.flatMap(({ call, state }) =>
      state.status === 'failed' ? [{ tool: call.tool, ...state.failure }] : [],
    ),
  };
}

function callJson({ id, call, state }: CallView): Record<string, unknown> {
  const common = {
    id,
    tool: call.tool,
    arguments: call.arguments,
    ...(call.narrow ? { narrowed_by: call.narrow } : {}),
    risk: call.risk,
    status: state.status,
  };
  switch (state.status) {
    case 'done':
      return { ...common, elapsed_ms: state.elapsedMs, result: state.data };
    case 'failed':
      return { ...common, elapsed_ms: state.elapsedMs, failure: state.failure };
    case 'awaiting_approval':
      return { ...common, proposal: state.proposal };
    case 'declined':
      return { ...common, reason: state.reason };
    case 'running':
    case 'cancelled':
      return common;
  }
}

function coverageOf(calls: readonly CallView[]): Coverage {
  const all = calls.flatMap(({ state }) => {
    const seen = state.status === 'done' ? coverage.safeParse(state.data.coverage) : null;
    return seen?.success ? [seen.data] : [];
  });
  return {
    looked_at: [...new Set(all.flatMap((one) => one.looked_at))],
    gaps: all.flatMap((one) => one.gaps),
  };
}
