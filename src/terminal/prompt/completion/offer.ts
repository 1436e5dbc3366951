import { foldCase } from '../../../../mcp-server/contract/name-folding.ts';
import { COMMANDS, type CommandRow, type Completes, SPOKEN_ARGUMENTS, usageOf } from '../../commands.ts';
import type { Candidate, Ground, Known } from './known.ts';
import { isBeginning, type Named, named, type Ranked, ranked } from './match.ts';

/**
 * What the word before the cursor can become, best first. `from` to `to` is what it takes the place of.
 * `sure`: there is one, and it begins as what is written. `unknown`: what it would be looked for in has not
 * been looked up yet.
 */
export type Offer = {
  from: number;
  to: number;
  candidates: readonly Candidate[];
  sure: boolean;
  unknown: boolean;
};

const MOST = 50;
/** Names of several words are looked for from as many words back. */
const WORDS_BACK = 4;

/** A command at the start, an argument of one, or else the name of a resource anywhere in a sentence. */
export function offerAt(text: string, cursor: number, ground: Ground): Offer {
  const head = text.slice(0, cursor);
  const command = /^\s*\/(\S*)$/.exec(head);
  if (head.trim() === '' || (command && !command[1]?.includes('/')))
    return commands(head, command?.[1] ?? '');
  const row = commandOf(head);
  return row ? argumentsOf(row, head, ground) : names(head, ground);
}

/** The commands that begin so; shown while one is written. */
export function commands(head: string, written: string): Offer {
  const slash = head.length - written.length - (head.endsWith(`/${written}`) ? 1 : 0);
  const rows = COMMANDS.flatMap((row) => {
    const word = row.words.find((each) => each.startsWith(foldCase(written)));
    return word ? [{ row, word }] : [];
  });
  const candidates = rows.map(
    ({ row, word }): Candidate => ({
      text: `/${word}${row.takes === '' ? '' : ' '}`,
      label: word === row.words[0] ? usageOf({ ...row, bare: undefined }) : `/${word}`,
      note: { is: 'command', name: row.name },
    }),
  );
  const from = head.trim() === '' ? head.length : slash;
  return { from, to: head.length, candidates, sure: candidates.length === 1, unknown: false };
}

/** The command whose argument is being written. */
function commandOf(head: string): CommandRow | null {
  const [, slash, word = ''] = /^\s*(\/?)(\S+)\s/.exec(head) ?? [];
  const said = foldCase(word);
  const row = COMMANDS.find(({ words, bare }) => (slash ? words : bare)?.includes(said));
  return row ?? null;
}

function argumentsOf({ completes }: CommandRow, head: string, ground: Ground): Offer {
  const written = /\S*$/.exec(head)?.[0] ?? '';
  const from = head.length - written.length;
  // One argument is all that any command completes.
  const first = /^\s*\S+\s+\S*$/.test(head);
  const values = completes && first ? valuesOf(completes, ground) : [];
  const fitting = ranked(
    values.map((each) => named(each, each.text)),
    written,
    MOST,
  );
  const unknown = ground.known === null && (completes === 'session' || completes === 'model');
  return offer(from, head.length, fitting, unknown);
}

function valuesOf(completes: Completes, { accounts, regions, known }: Ground): Candidate[] {
  const spoken = SPOKEN_ARGUMENTS[completes] ?? [];
  const told: readonly string[] =
    completes === 'account'
      ? accounts
      : completes === 'region'
        ? regions
        : completes === 'model'
          ? (known?.models ?? [])
          : [];
  const sessions = completes === 'session' ? (known?.sessions ?? []) : [];
  return [
    ...[...told, ...spoken].map((text): Candidate => ({ text, label: text, note: { is: 'text', text: '' } })),
    ...sessions.map(
      ({ id, title }): Candidate => ({ text: id, label: id, note: { is: 'text', text: title } }),
    ),
  ];
}

function names(head: string, { known }: Ground): Offer {
  const things = known ? namedResources(known.names) : [];
  for (const written of wordsBefore(head)) {
    const fitting = ranked(things, written, MOST);
    const several = /\s/.test(written);
    const found = several ? fitting.filter(({ rank }) => isBeginning(rank)) : fitting;
    if (found.length > 0 || !several) {
      return offer(head.length - written.length, head.length, found, known === null);
    }
  }
  return offer(head.length, head.length, [], known === null);
}

const PREPARED = new WeakMap<Known['names'], readonly Named<Candidate>[]>();

/** Each name once. Made once for a listing: a menu that is open looks through it at every key. */
function namedResources(names: Known['names']): readonly Named<Candidate>[] {
  const before = PREPARED.get(names);
  if (before) return before;
  const candidates = names.map(
    ({ name, kind, region }): Candidate => ({
      text: name,
      label: name,
      note: { is: 'resource', kind, region },
    }),
  );
  const once = [...new Map(candidates.map((each) => [each.text, each])).values()];
  const made = once.map((each) => named(each, each.text));
  PREPARED.set(names, made);
  return made;
}

/** The last words before the cursor, the most first: `api 5xx h`, `5xx h`, `h`. */
function wordsBefore(head: string): string[] {
  const tail = /(?:\S+[ ]){0,3}\S*$/.exec(head)?.[0] ?? '';
  const words = tail.split(' ');
  return words.map((_, index) => words.slice(index).join(' ')).slice(-WORDS_BACK);
}

function offer(from: number, to: number, fitting: Ranked<Candidate>[], unknown: boolean): Offer {
  const [first] = fitting;
  const sure = fitting.length === 1 && first !== undefined && isBeginning(first.rank);
  return { from, to, candidates: fitting.map(({ thing }) => thing), sure, unknown };
}
