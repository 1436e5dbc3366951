import type { Gap } from '../../mcp-server/contract/coverage.ts';
import type { DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import { gravestRisk } from '../../mcp-server/contract/risk.ts';
import type {
  Choice,
  Conversation,
  NoCallReason,
  PlannedCall,
  Question,
  RefusalReason,
} from '../domain/reading.ts';
import type { DirectoryIndex } from './directory-index.ts';
import { foldName } from './normalise.ts';
import type { Clock } from './times.ts';

/** What a text is read against. */
export type Context = {
  text: string;
  index: DirectoryIndex;
  clock: Clock;
  conversation: Conversation;
  /** What `it` can mean, latest first. */
  referents: DirectoryEntry[];
  /** How many resources one destructive request may touch. */
  mostAtOnce: number;
};

/** What a clause comes to. */
export type Outcome =
  | { type: 'calls'; calls: PlannedCall[]; entries: DirectoryEntry[]; vague: boolean; act: boolean }
  | { type: 'question'; question: Question; calls: PlannedCall[]; entries: DirectoryEntry[] }
  | { type: 'refusal'; reason: RefusalReason; action: string; most?: number }
  | {
      type: 'none';
      reason: NoCallReason;
      about?: { tool: string; targets: string[] };
      entries: DirectoryEntry[];
    }
  | { type: 'nothing' };

export function plannedCall(tool: string, args: Record<string, unknown>, namedInFull: boolean): PlannedCall {
  return { tool, arguments: args, risk: gravestRisk(tool), namedInFull };
}

/** How a resource is written in a call: by name where that is unmistakable, else by id. */
export function reference(entry: DirectoryEntry, index: DirectoryIndex): string {
  const same = (index.byName.get(foldName(entry.name)) ?? []).filter((other) => other.kind === entry.kind);
  return same.length > 1 || entry.name === '' ? entry.id : entry.name;
}

export function choice(label: string, pick: PlannedCall, detail?: string): Choice {
  return detail === undefined ? { label, pick } : { label, detail, pick };
}

/** More than these a person does not pick from by number. */
const MOST_OFFERED = { unsaid: 8, meant: 12 } as const;

/** The first of what could be meant, and how many more there are. `unsaid`: nothing in the text told them from others. */
export function offered(
  entries: readonly DirectoryEntry[],
  sort: keyof typeof MOST_OFFERED,
  choicesOf: (entry: DirectoryEntry) => Choice[],
): { choices: Choice[]; more?: number } {
  const able = entries.filter((entry) => choicesOf(entry).length > 0);
  const choices = able.slice(0, MOST_OFFERED[sort]).flatMap(choicesOf);
  const more = able.length - MOST_OFFERED[sort];
  return more > 0 ? { choices, more } : { choices };
}

/** What the directory could not list, as a question about a name carries it. */
export function unseenBy({ directory }: DirectoryIndex): { unseen?: Gap[] } {
  return directory.complete ? {} : { unseen: directory.gaps ?? [] };
}

/** What tells one candidate from another. */
export function detailOf(entry: DirectoryEntry): string {
  const kind = entry.kind === 'instance' ? null : entry.kind;
  return [kind, entry.parent, entry.name === entry.id ? null : entry.id, entry.state, entry.region]
    .filter((part) => part != null)
    .join(' · ');
}
