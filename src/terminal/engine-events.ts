import type { AccountReport } from '../../mcp-server/contract/wire.ts';
import type { CallView, EngineEvent, TurnOutcome } from '../domain/events.ts';
import { plainLine } from '../domain/plain-text.ts';
import { sessionWords } from '../language/session-words.ts';
import { terminalWords } from '../language/terminal.ts';
import { answerText } from './answer-text.ts';
import { ask, dropTurn, settle } from './dialogs/asking.ts';
import { viewContext } from './frame.ts';
import { leavesOut } from './pager/leaves-out.ts';
import { written } from './prompt/prompt.ts';
import { accountNow, type Step, still, type TerminalState } from './state.ts';
import { sendNext } from './submission.ts';
import { addItem, addNotice, addSaying, addWords, closeOpenCalls, showCall } from './transcript/items.ts';
import { bounded, withKept } from './transcript/kept.ts';
import { limitsAfter } from './transcript/limits.ts';
import { closeAllWriting, closeWriting, hearPart } from './transcript/writing.ts';

/** What the chat makes of one thing the engine says. */
export function hearEngine(state: TerminalState, event: EngineEvent): Step {
  switch (event.type) {
    case 'account':
      return still(
        accountTold({ ...state, accountClock: event.clock ?? { asOf: state.now, speed: 1 } }, event.report),
      );
    case 'alarms':
      return still({ ...state, firing: event.firing });
    case 'place':
      return still(placeTold(state, event));
    case 'server':
      return still(serverTold(state, event));
    case 'turn_started':
      return still(
        addItem(
          {
            ...state,
            turn: { phase: 'running', turn: event.turn, text: event.text, stopping: false },
            said: [],
          },
          { kind: 'you', id: `you-${event.turn}`, text: event.text, provenance: event.provenance },
        ),
      );
    case 'understood':
      return still(state);
    case 'call':
      return still(
        callTold(
          {
            ...state,
            firing: firingAfter(state.firing, event.view),
            limits: limitsAfter(state.limits, event.view),
          },
          event.view,
        ),
      );
    case 'say_part':
      return still(hearPart(state, event));
    case 'say':
      return still(saidTold(state, event));
    case 'approval_asked':
      return still(ask(state, event));
    case 'approval_settled':
      return still(approvalSettled(state, event));
    case 'turn_ended':
      return turnEnded(state, event.turn, event.outcome);
  }
}

/** Where calls look from now on; said when somebody asked for it. */
function placeTold(state: TerminalState, event: Extract<EngineEvent, { type: 'place' }>): TerminalState {
  const { region, asked, refused } = event;
  const words = sessionWords(state.language).place;
  const next = { ...state, region };
  if (refused) {
    const [said, known] = [plainLine(refused.asked), refused.known.map(plainLine).join(', ')];
    const why = refused.what === 'region' ? words.noRegion(said, known) : words.noAccount(said, known);
    return addWords(next, 'error', why);
  }
  switch (asked) {
    case 'region':
      return addWords(next, 'note', region === null ? words.everywhere : words.region(region));
    case 'account': {
      const current = state.account?.accounts.find((one) => one.current);
      return addWords({ ...next, known: null }, 'note', words.account(plainLine(current?.name ?? '')));
    }
    case undefined:
      return next;
  }
}

/** The account, with what is wrong with it and what was left without an outcome; each said once. */
function accountTold(state: TerminalState, report: AccountReport): TerminalState {
  const words = terminalWords(state.language);
  const told = new Set(state.account?.recovered.map(({ sequence }) => sequence));
  const known = new Set(state.account?.accounts.map(({ problem }) => problem?.detail));
  const troubled = report.accounts.reduce<TerminalState>(
    (after, { name, problem }) =>
      problem && !known.has(problem.detail)
        ? addWords(after, 'error', aboutAccount(name, problem.detail))
        : after,
    { ...state, account: report },
  );
  // What it said first stands in its own notice; what comes later happened since.
  const before = state.account?.notes ?? report.notes;
  const noted = report.notes
    .filter((note) => !before.includes(note))
    .reduce((after, note) => addWords(after, 'note', note), whereaboutsTold(state, troubled, report));
  return report.recovered
    .filter(({ sequence }) => !told.has(sequence))
    .reduce(
      (after, { sequence, tool, at, finding }) =>
        addWords(after, 'note', `${words.account.recovered}: #${sequence} ${tool} (${at}): ${finding}`),
      noted,
    );
}

/** There is no status line to read out: where calls go is said once, when it is known. */
function whereaboutsTold(before: TerminalState, state: TerminalState, report: AccountReport): TerminalState {
  if (!state.screenReader || before.account) return state;
  return addNotice(state, { notice: 'account', report, at: accountNow(state) });
}

/** An account that is a file is named by it, and what is wrong in a file begins with its name. */
function aboutAccount(name: string, detail: string): string {
  return detail.startsWith(name) ? detail : `${name}: ${detail}`;
}

function serverTold(state: TerminalState, event: Extract<EngineEvent, { type: 'server' }>): TerminalState {
  const next = { ...state, server: event.state };
  if (event.state !== 'lost' || state.server === 'lost') return next;
  const { lost } = terminalWords(state.language).status;
  return addWords(next, 'error', event.detail ? `${lost}: ${event.detail}` : lost);
}

/** A call's newest state; what its card leaves out can be opened. */
function callTold(state: TerminalState, told: CallView): TerminalState {
  const { view, weight, cut } = bounded(told);
  const shown = showCall(state, view, cut);
  if (shown === state || !leavesOut(view, viewContext(shown))) return shown;
  return { ...shown, kept: withKept(shown.kept, { view, weight, cut }) };
}

function saidTold(before: TerminalState, event: Extract<EngineEvent, { type: 'say' }>): TerminalState {
  const text = answerText(before, event);
  const state = { ...before, said: [...before.said, text] };
  const closed = event.say === undefined ? null : closeWriting(state, event.say, event.tone, text);
  return closed ?? addSaying(state, event.tone, text, event.format);
}

/** A look at all alarms (of whatever state, or of the firing ones) tells how many fire. */
function firingAfter(before: number | null, { call, state }: CallView): number | null {
  if (call.tool !== 'list_alarms' || state.status !== 'done') return before;
  const { state: wanted, ...narrowed } = call.arguments;
  if (Object.keys(narrowed).length > 0 || (wanted !== undefined && wanted !== 'ALARM')) return before;
  const counts = state.data.counts;
  if (typeof counts !== 'object' || counts === null) return before;
  const count: unknown = 'ALARM' in counts ? counts.ALARM : 0;
  return typeof count === 'number' ? count : before;
}

function approvalSettled(
  state: TerminalState,
  event: Extract<EngineEvent, { type: 'approval_settled' }>,
): TerminalState {
  const settled = settle(state, event.call, event.decision);
  const { turn, prompt } = state;
  if (event.decision !== 'edit' || turn.phase !== 'running' || prompt.text !== '') return settled;
  return { ...settled, prompt: written(prompt, turn.text, 'recalled') };
}

function turnEnded(state: TerminalState, turn: string, outcome: TurnOutcome): Step {
  const written = closeAllWriting(state, turn);
  const closed = closeOpenCalls(dropTurn({ ...written, turn: { phase: 'idle' } }, turn));
  // What was typed ahead was typed before this outcome was known. After anything but a plain answer (a
  // question it could be taken as the answer to, a failure, a no) the person sends or drops it.
  const goesOn = closed.heldSince === null && (outcome === 'answered' || outcome === 'nothing');
  if (goesOn || closed.queue.length === 0) return sendNext(closed);
  return still({ ...closed, heldSince: closed.steady });
}
