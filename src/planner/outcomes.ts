import type { DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import { readAction, switchWithoutVerb, takenBack } from './actions.ts';
import type { Clause } from './clauses.ts';
import { type Context, choice, type Outcome, plannedCall } from './context.ts';
import { followUp, leans } from './dialogue.ts';
import { any, anyOf, family, has, type Item } from './items.ts';
import { type Action, actionsOf } from './modality.ts';
import { narrowedBy } from './narrowing.ts';
import { clauseIn, contextIn, isNowhere, outcomeIn, type Place, parted } from './places.ts';
import { subjectOf } from './read-slots.ts';
import { readClause } from './reads.ts';
import { spanArguments, spanOf } from './times.ts';
import type { Act, Concept } from './vocabulary/concepts.ts';

/** `place`: where the clause says to look or act; its items are without it. */
type Read = { clause: Clause; actions: Action[]; place: Place };

/** What each clause of a text comes to, in order. */
export function outcomesOf(clauses: readonly Clause[], items: readonly Item[], context: Context): Outcome[] {
  const small = smallTalk(items);
  const read = placed(clauses);
  const acting = read.some(({ actions }) => actions.length > 0);
  if (!acting && small !== null) return [small];
  const outcomes: Outcome[] = [];
  let running = context;
  for (const [at, one] of read.entries()) {
    if (one.clause.reason) {
      running = { ...running, referents: referentsAfter([], one.clause, running) };
      continue;
    }
    const there = contextIn(running, one.place);
    const found =
      one.actions.length > 0
        ? acted(one, read, at, there)
        : looked(one.clause, read, at, acting, there).map((part) => narrowedBy(part, one.clause.items));
    const outcome = (isElsewhere(one, found) ? again(context) : found).map((part) =>
      outcomeIn(part, one.place),
    );
    outcomes.push(...outcome);
    running = { ...running, referents: referentsAfter(outcome, one.clause, running) };
  }
  if (isWithdrawn(read)) return [{ type: 'none', reason: 'withdrawn', entries: [] }];
  return outcomes.length > 0 ? outcomes : [{ type: 'nothing' }];
}

/** Clauses parted from their places. One with nothing but a place says where the whole sentence is meant. */
function placed(clauses: readonly Clause[]): Read[] {
  const apart = clauses.map(parted);
  const bare = apart.map(({ clause }) => clause);
  return apart.map(({ clause, place }) => {
    const shared = apart.find(
      (other) => other.clause.sentence === clause.sentence && other.clause.items.every(isLight),
    );
    const own = isNowhere(place) && shared !== undefined ? shared.place : place;
    return { clause: clauseIn(clause, own), actions: actionsOf(clause, bare), place: own };
  });
}

const isLight = (item: Item): boolean =>
  item.punctuation !== null ||
  (item.names.length === 0 &&
    item.value === null &&
    !item.unknown &&
    !item.senses.some((s) => /^(?:act|read|kind|topic|measure|state|guarded|time|month):/u.test(s.concept)));

/** `and in Seoul?`: what was last looked at, somewhere else. */
const isElsewhere = ({ clause, place }: Read, found: readonly Outcome[]): boolean =>
  !isNowhere(place) && found.every((outcome) => outcome.type === 'nothing') && clause.items.every(isLight);

function again({ conversation }: Context): Outcome[] {
  const calls = conversation.lastCalls;
  if (calls.length === 0 || calls.some((call) => call.risk !== 'read')) return [{ type: 'nothing' }];
  return [{ type: 'calls', calls: [...calls], entries: [], vague: false, act: false }];
}

/** A clause after the last action that takes everything back (`… no, wait`). */
function isWithdrawn(read: readonly Read[]): boolean {
  const last = read.findLastIndex(({ actions }) => actions.length > 0);
  return (
    last !== -1 &&
    read
      .slice(last + 1)
      .some(
        ({ clause }) =>
          (any(clause.items, 'ref:withdraw') && clause.items.every((item) => item.names.length === 0)) ||
          onlyNo(clause.items),
      )
  );
}

const onlyNo = (items: readonly Item[]): boolean =>
  items.some((item) => item.senses.some((s) => s.concept === 'ref:no')) &&
  items.filter((i) => i.punctuation === null).length === 1;

/** What `it` means in the next clause: what this one spoke of. */
function referentsAfter(
  outcomes: readonly Outcome[],
  clause: Clause,
  context: Context,
): Context['referents'] {
  const spoken = outcomes.flatMap((outcome) => ('entries' in outcome ? outcome.entries : []));
  if (spoken.length > 0) return spoken;
  const named = clause.items.flatMap((item) => item.names.slice(0, 1));
  return named.length > 0 ? named : context.referents;
}

const TALK: readonly (readonly [Concept, 'thanks' | 'greeting' | 'help' | 'withdrawn'])[] = [
  ['ref:withdraw', 'withdrawn'],
  ['ref:help', 'help'],
  ['ref:thanks', 'thanks'],
  ['ref:greeting', 'greeting'],
];

function smallTalk(items: readonly Item[]): Outcome | null {
  const words = items.filter((item) => item.punctuation === null);
  const content = words.filter(
    (item) =>
      item.names.length > 0 ||
      (item.senses.length > 0 &&
        item.senses.every((s) => /^(?:topic:|measure:|kind:|act:|read:|state:)/u.test(s.concept))) ||
      item.value !== null,
  );
  for (const [concept, reason] of TALK)
    if (any(words, concept) && (content.length === 0 || concept === 'ref:withdraw'))
      return { type: 'none', reason, entries: [] };
  return null;
}

function acted(one: Read, read: readonly Read[], at: number, context: Context): Outcome[] {
  const { clause, actions } = one;
  const requests = actions.filter((action) => action.disposition === 'request');
  const main = mainAction(requests) ?? actions[0];
  if (main === undefined) return [];
  switch (main.disposition) {
    case 'request':
      return [requested(main, clause, read, at, context)];
    case 'conditional':
      return [conditional(main, clause, read, context)];
    case 'unclear':
      return [unsureOf(readAction(main, clause, context))];
    case 'negated':
      return [refrained(main, clause, context, 'negated')];
    case 'hypothetical':
      return [refrained(main, clause, context, 'hypothetical')];
    case 'reported':
      return [refrained(main, clause, context, 'reported_speech')];
    case 'howto':
      return [
        {
          type: 'calls',
          calls: [plannedCall('search_sops', { query: context.text.trim() }, false)],
          entries: [],
          vague: false,
          act: false,
        },
      ];
    case 'past':
      return [pastOf(main, clause, read, context)];
    case 'statement':
      return [refrained(main, clause, context, 'reported_speech')];
    case 'not_an_action':
      return [];
  }
}

/** Words that may be the object of another verb: `set the env tag`, `배포 되돌려줘`. */
const NOUNS_TOO: readonly Concept[] = ['topic:tag_word', 'topic:deploy'];

/** `give web-1 a reboot`, `start a rollback`: the helping verb yields to the other, a noun (`the env tag`) to it. */
function mainAction(requests: readonly Action[]): Action | undefined {
  const strong = requests.filter(
    ({ act, item }) => act !== 'set' && !(requests.length > 1 && NOUNS_TOO.some((noun) => has(item, noun))),
  );
  return strong.length > 0 ? strong[0] : requests[0];
}

function requested(
  main: Action,
  clause: Clause,
  read: readonly Read[],
  at: number,
  context: Context,
): Outcome {
  if (takenBack(main, clause).length > 0) return refrained(main, clause, context, 'withdrawn');
  const outcome = readAction(main, clause, context);
  if (outcome.type !== 'question' || outcome.question.code !== 'missing_target') return outcome;
  const next = read[at + 1];
  const bare = clause.items.every((item) => item.names.length === 0 && family(item, 'topic:').length === 0);
  const shared = next?.clause.items.filter((item) => item.names.length > 0) ?? [];
  if (!bare || shared.length === 0 || next?.clause.sentence !== clause.sentence || next.actions.length === 0)
    return outcome;
  return readAction(main, { ...clause, items: [...clause.items, ...shared] }, context);
}

function conditional(main: Action, clause: Clause, read: readonly Read[], context: Context): Outcome {
  const outcome = readAction(main, withoutCondition(clause, main), context);
  if (outcome.type === 'refusal') return outcome;
  const sentence = read.filter((other) => other.clause.sentence === clause.sentence);
  const items = sentence.flatMap((other) => other.clause.items).filter((item) => item !== main.item);
  const look = readClause({ ...clause, items }, context);
  const reads = look.type === 'calls' ? look.calls.filter((call) => call.risk === 'read') : [];
  const tool =
    outcome.type === 'calls'
      ? (outcome.calls[0]?.tool ?? '')
      : outcome.type === 'question'
        ? toolOf(outcome)
        : '';
  const choices = outcome.type === 'calls' ? outcome.calls.map((call) => choice(call.tool, call)) : [];
  const entries = outcome.type === 'calls' ? outcome.entries : [];
  return { type: 'question', question: { code: 'conditional', tool, choices }, calls: reads, entries };
}

function toolOf(outcome: Extract<Outcome, { type: 'question' }>): string {
  return 'tool' in outcome.question ? outcome.question.tool : '';
}

/** The action's own words, without what its condition says. */
function withoutCondition(clause: Clause, main: Action): Clause {
  const kept = clause.items.filter(
    (item) =>
      item === main.item ||
      item.names.length > 0 ||
      item.selector !== null ||
      family(item, 'kind:').length > 0 ||
      family(item, 'ref:').length > 0,
  );
  return { ...clause, items: kept };
}

function unsureOf(outcome: Outcome): Outcome {
  if (outcome.type !== 'calls') return outcome;
  const choices = outcome.calls.map((call) => choice(call.tool, call));
  return { type: 'question', question: { code: 'unsure', choices }, calls: [], entries: outcome.entries };
}

function refrained(
  main: Action,
  clause: Clause,
  context: Context,
  reason: 'negated' | 'hypothetical' | 'reported_speech' | 'withdrawn',
): Outcome {
  const named = clause.items.flatMap((item) => item.names.slice(0, 1));
  const outcome = readAction(main, clause, context);
  const tool =
    outcome.type === 'calls'
      ? outcome.calls[0]?.tool
      : outcome.type === 'question'
        ? toolOf(outcome)
        : undefined;
  const entries = outcome.type === 'calls' ? outcome.entries : named;
  const about =
    tool === undefined || tool === '' ? undefined : { tool, targets: entries.map((entry) => entry.name) };
  return about === undefined ? { type: 'none', reason, entries } : { type: 'none', reason, about, entries };
}

/** What was done, by whom and why, is a matter for an investigation; when, for the record of changes. */
function pastOf(main: Action, clause: Clause, read: readonly Read[], context: Context): Outcome {
  const items = read
    .filter((other) => other.clause.sentence === clause.sentence)
    .flatMap((other) => other.clause.items);
  const entries = items.flatMap((item) => item.names.slice(0, 1));
  const span = spanArguments(spanOf(items, context.clock));
  const alters = any(items, 'topic:touch') || ALTERING.includes(main.act);
  if (alters && !any(items, 'mark:why')) {
    const looked = readClause(clause, context);
    if (looked.type === 'calls' && looked.calls.every((call) => RECORDS.has(call.tool))) return looked;
    return recorded(entries, span);
  }
  const asks = any(items, 'mark:why') || any(items, 'topic:cause') || any(items, 'read:investigate');
  const who = any(items, 'mark:who') && !any(items, 'topic:touch');
  if (asks || who) {
    const call = plannedCall(
      'investigate',
      { target: subjectOf(items, context), ...span },
      entries.length > 0,
    );
    return { type: 'calls', calls: [call], entries, vague: false, act: false };
  }
  return recorded(entries, span);
}

/** Changes of no kind in particular: who made them stands in the record. */
const ALTERING: readonly Act[] = ['set', 'other', 'tag', 'grow', 'shrink', 'resize', 'scale', 'open'];
const RECORDS: ReadonlySet<string> = new Set(['list_changes', 'check_drift_status', 'list_database_events']);

function recorded(entries: DirectoryEntry[], span: Record<string, unknown>): Outcome {
  const [first] = entries;
  const call = plannedCall(
    'list_changes',
    first === undefined ? span : { resource: first.name, ...span },
    entries.length > 0,
  );
  return { type: 'calls', calls: [call], entries, vague: false, act: false };
}

const LOOKING: readonly Concept[] = [
  'mark:why',
  'mark:who',
  'mark:which',
  'mark:when',
  'mark:howto',
  'topic:todo',
  'mark:question',
];

function looked(
  clause: Clause,
  read: readonly Read[],
  at: number,
  acting: boolean,
  context: Context,
): Outcome[] {
  const turned = switchWithoutVerb(clause);
  if (turned !== null && !any(clause.items, 'mark:negation'))
    return [
      {
        type: 'calls',
        calls: [plannedCall('set_monitoring', { enabled: turned }, false)],
        entries: [],
        vague: false,
        act: true,
      },
    ];
  if (acting && !asksToLook(clause)) return [];
  const words = clause.items.filter((item) => item.punctuation === null);
  const follows =
    at === 0 && read.length === 1 && (leans(words) || isThin(words)) ? followUp(words, context) : null;
  if (follows !== null) return [follows];
  const outcome = readClause(clause, context);
  if (outcome.type === 'question' && outcome.question.code === 'missing_target') {
    const carried = followUp(words, context);
    if (carried !== null) return [carried];
  }
  if (outcome.type === 'nothing') {
    const carried = followUp(words, context);
    if (carried !== null) return [carried];
  }
  return [outcome];
}

/** Beside an action, only what is asked for is looked at; the rest is said in passing. */
function asksToLook(clause: Clause): boolean {
  if (clause.question || anyOf(clause.items, LOOKING)) return true;
  return clause.items.some((item) => family(item, 'read:').length > 0 || family(item, 'measure:').length > 0);
}

/** Nothing but names, times and measures: it may lean on what was said before. */
function isThin(items: readonly Item[]): boolean {
  return items.every(
    (item) =>
      item.names.length > 0 ||
      item.value !== null ||
      (item.senses.length > 0 &&
        item.senses.some((s) =>
          /^(?:time:|measure:|plain$|particle$|mark:please$|mark:question$|ref:|unit:|topic:by_)/u.test(
            s.concept,
          ),
        )),
  );
}
