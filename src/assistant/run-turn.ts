import { comesLater } from '../../mcp-server/contract/catalogue/later.ts';
import { isToolName } from '../../mcp-server/contract/catalogue.ts';
import type { Directory } from '../../mcp-server/contract/directory.ts';
import type { TurnOutcome } from '../domain/events.ts';
import { plainLine } from '../domain/plain-text.ts';
import { EMPTY_CONVERSATION, type NoCallReason, type PlannedCall, type Reading } from '../domain/reading.ts';
import { ToolsError } from '../tools/tools.ts';
import { callText } from './call-text.ts';
import { askWhatToLookAt } from './causes-later.ts';
import { failureText } from './failures.ts';
import { placedReading, seenFrom } from './place.ts';
import type { ReadingGround } from './ports.ts';
import { questionText } from './questions.ts';
import { type ReadAlone, runChange } from './run-change.ts';
import { runPlan } from './run-plan.ts';
import { runRead } from './run-read.ts';
import { keepTyped } from './session.ts';
import { endOfFailure, type StepEnd, turnOutcome } from './step.ts';
import type { Work } from './work.ts';

const NOT_UNDERSTOOD: readonly NoCallReason[] = ['off_topic', 'empty'];
/** Stands for names that should have been looked up and could not be. */
const UNSEEN: Directory = { entries: [], complete: false };
const NOTHING_KNOWN: Directory = { entries: [], complete: false };

/** Understands the turn's text, does what it asks, and tells what the turn as a whole came to. */
export async function runTurn(work: Work): Promise<TurnOutcome> {
  const { turn, session, parts } = work;
  // A value that a burst brought may be an input method's: that it stands in text from outside is then no sign.
  if (turn.provenance === 'typed' || turn.provenance === 'burst') keepTyped(session, turn.text);
  const planner = await parts.planner;
  let ground = await groundOf(work, planner.needsDirectory(turn.text));
  if (ground === null) return 'misconfigured';
  let read = planner.read(turn.text, ground);
  if (ground.directory === NOTHING_KNOWN && lacksChoices(read.reading)) {
    // What is asked back can be answered with what the account holds.
    ground = await groundOf(work, true);
    if (ground === null) return 'misconfigured';
    read = planner.read(turn.text, ground);
  }
  session.conversation = read.conversation;
  // The conversation keeps the calls as they were said: what follows on them looks where one looks by then.
  const { place } = session;
  const reading = placedReading(read.reading, place, ground.directory);
  const { conversation } = read;
  turn.emit({ type: 'understood', turn: turn.id, reading, language: turn.language, conversation });
  if (turn.signal.aborted) return 'cancelled';
  // Whether it was a name nobody knows: what could not be looked up has been said.
  if (ground.directory === UNSEEN && reading.outcome === 'none' && reading.reason === 'off_topic')
    return 'failed';
  return await follow(
    reading,
    () => {
      const alone = planner.read(turn.text, { ...ground, conversation: EMPTY_CONVERSATION });
      return placedReading(alone.reading, place, ground.directory);
    },
    work,
  );
}

const lacksChoices = (reading: Reading): boolean =>
  reading.outcome === 'question' &&
  (reading.question.code === 'missing_target' || reading.question.code === 'missing_value') &&
  reading.question.choices.length === 0;

/** Null when the program is set up so that no name can be looked up, which has been said: then nothing is read. */
async function groundOf(
  { turn, session, parts, accountNow, accounts }: Work,
  named: boolean,
): Promise<ReadingGround | null> {
  const rest = {
    timeZone: parts.timeZone,
    conversation: session.conversation,
    ...(parts.mostAtOnce === undefined ? {} : { mostAtOnce: parts.mostAtOnce }),
  };
  if (!named) return { directory: NOTHING_KNOWN, now: parts.now(), ...rest };
  try {
    const { place } = session;
    const [listed, now] = await Promise.all([parts.tools.directory(place.account), accountNow()]);
    return { directory: seenFrom(place, listed), now, accounts: await accounts(), ...rest };
  } catch (error) {
    if (!(error instanceof ToolsError)) throw error;
    if (endOfFailure(error.failure) === 'misconfigured') {
      turn.say('error', failureText(error.failure, turn.words.talk, false));
      return null;
    }
    // The server resolves names itself; only the planner's own matching goes without.
    turn.say('note', turn.words.talk.directoryUnseen(plainLine(error.message)));
    return { directory: UNSEEN, now: parts.now(), accounts: await accounts(), ...rest };
  }
}

async function follow(reading: Reading, readAlone: ReadAlone, work: Work): Promise<TurnOutcome> {
  const { turn } = work;
  const { talk } = turn.words;
  switch (reading.outcome) {
    case 'calls':
      return turnOutcome(await runCalls(reading.calls, readAlone, work));
    case 'question': {
      const ends = await runCalls(reading.calls, readAlone, work);
      turn.say('question', questionText(reading.question, talk));
      return turnOutcome([...ends, 'question']);
    }
    case 'refusal':
      turn.say('refusal', talk.refusal(reading.reason, plainLine(reading.action), reading.most ?? 0));
      return 'refused';
    case 'none': {
      const { about } = reading;
      const call = about
        ? ` ${talk.noneAbout(`${about.tool} ${about.targets.map(plainLine).join(', ')}`.trim())}`
        : '';
      turn.say('answer', talk.none(reading.reason) + call);
      return NOT_UNDERSTOOD.includes(reading.reason) ? 'not_understood' : 'nothing';
    }
  }
}

/** One step after another. A change that does not succeed stops what comes after it; a read does not. */
async function runCalls(calls: readonly PlannedCall[], readAlone: ReadAlone, work: Work): Promise<StepEnd[]> {
  const { turn } = work;
  const served = calls.filter((call) => isToolName(call.tool));
  const changes = served.filter((call) => call.risk !== 'read');
  const ends: StepEnd[] = [];
  let rest = calls;
  if (changes.length > 1 && served.length === calls.length) {
    // What comes before the first change needs no approval, and may be what the person decides by.
    const first = calls.findIndex((call) => call.risk !== 'read');
    for (const call of calls.slice(0, first)) {
      if (turn.signal.aborted) return [...ends, 'cancelled'];
      ends.push(await runRead(call, work));
    }
    rest = calls.slice(first);
    if (turn.signal.aborted) return [...ends, 'cancelled'];
    const planned = await runPlan(rest, work);
    if (planned) return [...ends, ...planned];
    turn.say('note', turn.words.talk.stepByStep());
  }
  for (const [index, call] of rest.entries()) {
    if (turn.signal.aborted) return [...ends, 'cancelled'];
    const end = await runCall(call, readAlone, work);
    ends.push(end);
    const left = rest.length - index - 1;
    if (call.risk !== 'read' && end !== 'done' && left > 0) {
      turn.say('note', turn.words.talk.stepsLeft(left));
      break;
    }
  }
  return ends;
}

async function runCall(call: PlannedCall, readAlone: ReadAlone, work: Work): Promise<StepEnd> {
  if (isToolName(call.tool)) {
    return call.risk === 'read' ? await runRead(call, work) : await runChange(call, readAlone, work);
  }
  // The server itself says what it would need, whatever the risk: nothing is behind it that could run.
  if (comesLater(call.tool)) return await runRead(call, work);
  if (call.tool === 'investigate') return await askWhatToLookAt(call, work);
  // Nothing was tried, so no call is shown as one that failed.
  const { turn } = work;
  turn.say('note', turn.words.talk.notServed(callText(call.tool, call.arguments)));
  return 'failed';
}
