import { DEFAULT_MAX_TARGETS } from '../../mcp-server/contract/configuration.ts';
import type { Directory, DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import type { Conversation, Language, Reading } from '../domain/reading.ts';
import { clausesOf, joinSplitVerbs, type SplitVerb } from './clauses.ts';
import { combine } from './combine.ts';
import type { Context, Outcome } from './context.ts';
import { answerTo } from './dialogue.ts';
import { indexOf } from './directory-index.ts';
import { anyOf, family, type Item } from './items.ts';
import { languageOf } from './language-of.ts';
import { Lexicon } from './lexicon.ts';
import { LONGEST_COMMAND, normalise } from './normalise.ts';
import { joinOffAndOn } from './off-and-on.ts';
import { outcomesOf } from './outcomes.ts';
import { joinPlaces, outcomeIn, parted } from './places.ts';
import { scan } from './scan.ts';
import { joinFigures } from './values.ts';
import { ALL } from './vocabulary/all.ts';
import type { Concept, Vocabulary } from './vocabulary/concepts.ts';

type ReadInput = {
  directory: Directory;
  now: Date;
  /** IANA name; `UTC` unless given. */
  timeZone?: string;
  /** Names and numbers of the configured accounts. */
  accounts?: readonly string[];
  /** How many resources one destructive request may touch (`max_targets`). */
  mostAtOnce?: number;
  conversation: Conversation;
};

type ReadResult = { reading: Reading; language: Language; conversation: Conversation };

/** Reads sentences into tool calls, by vocabulary and grammar alone. Pure: same input, same result. */
export type Planner = {
  read: (text: string, input: ReadInput) => ReadResult;
  /** False only when every word is explained without knowing what the account holds. */
  needsDirectory: (text: string) => boolean;
};

const UNSURE: Reading = { outcome: 'question', question: { code: 'unsure', choices: [] }, calls: [] };
/** A text of more words than this is not a command. */
const MOST_WORDS = 300;
/** What a text is scanned against before the account is asked: nothing in it is taken for a resource. */
const EMPTY: Directory = { entries: [], complete: true };

export function createPlanner(vocabularies: readonly Vocabulary[] = ALL): Planner {
  const lexicon = new Lexicon(vocabularies);
  const splitVerbs = vocabularies.flatMap(splitVerbsOf);
  const itemsOf = (text: string, directory: Directory): Item[] =>
    joinOffAndOn(joinSplitVerbs(joinFigures(scan(normalise(text), lexicon, indexOf(directory))), splitVerbs));

  const read = (text: string, input: ReadInput): ReadResult => {
    const language = languageOf(text);
    const { conversation } = input;
    if (text.length > LONGEST_COMMAND) return { reading: UNSURE, language, conversation };
    const index = indexOf(input.directory);
    const mostAtOnce = input.mostAtOnce ?? DEFAULT_MAX_TARGETS;
    const context: Context = {
      mostAtOnce,
      text,
      index,
      clock: { now: input.now, timeZone: input.timeZone ?? 'UTC' },
      conversation,
      referents: conversation.mentioned.map((said) => known(said, index.byId)),
    };
    const items = joinPlaces(itemsOf(text, input.directory), input.accounts ?? []);
    if (items.length > MOST_WORDS) return { reading: UNSURE, language, conversation };
    const outcomes = answered(items, context) ?? outcomesOf(clausesOf(items), items, context);
    return { ...combine(outcomes, conversation, mostAtOnce), language };
  };

  const needsDirectory = (text: string): boolean => {
    const items = itemsOf(text, EMPTY);
    return items.some(leansOnAccount);
  };

  return { read, needsDirectory };
}

function answered(items: readonly Item[], context: Context): Outcome[] | null {
  const { pending } = context.conversation;
  if (pending === null) return null;
  const { clause, place } = parted({
    items: [...items],
    sentence: 0,
    question: false,
    reason: false,
    joined: false,
  });
  const answer = answerTo(pending, clause.items, context);
  return answer === null ? null : [outcomeIn(answer, place)];
}

function known(
  said: Conversation['mentioned'][number],
  byId: ReadonlyMap<string, DirectoryEntry[]>,
): DirectoryEntry {
  const entry = byId.get(said.id.toLowerCase())?.find((other) => other.kind === said.kind);
  return entry ?? { ...said, account: '', region: '' };
}

/** Anything but words of general meaning may be a name, or change something. */
function leansOnAccount(item: Item): boolean {
  if (item.unknown || item.quoted || item.roles.length > 0 || item.corrected)
    return item.punctuation === null;
  if (item.value !== null)
    return !['number', 'duration', 'date', 'clock', 'instant', 'percent', 'region'].includes(item.value.type);
  if (item.punctuation !== null) return false;
  if (family(item, 'act:').length > 0)
    return !item.senses.some((s) => s.concept.startsWith('state:') || s.concept.startsWith('topic:'));
  return anyOf([item], LEANING) || family(item, 'measure:').length > 0;
}

const LEANING: readonly Concept[] = [
  'ref:it',
  'ref:its',
  'ref:them',
  'ref:other_one',
  'ref:both',
  'mark:why',
  'topic:cause',
];

function splitVerbsOf(vocabulary: Vocabulary): SplitVerb[] {
  return Object.entries(vocabulary.separable ?? {}).flatMap(([concept, phrases]) =>
    (phrases ?? '').split('|').map((phrase) => {
      const [head = '', tail = ''] = phrase.trim().split('…');
      return { head, tail, concept: concept as Concept, language: vocabulary.language };
    }),
  );
}
