import { readFile } from 'node:fs/promises';
import {
  type AuditEntry,
  type AuditHead,
  auditEntry,
  auditHash,
  auditHead,
  FIRST_PREVIOUS,
} from '../../mcp-server/contract/audit.ts';
import { UsageError } from './usage-error.ts';

/** A file that `aiops audit export` wrote: its lines as they stand there, and the head that vouches for the last. */
type AuditExport = { file: string; lines: string[]; head: AuditHead };

/** Reads an export, or a head alone. Throws `UsageError` for what is neither. */
export async function readExport(file: string): Promise<AuditExport> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const lines = text.trim().split('\n');
  const last = jsonOrNull(lines.pop() ?? '');
  const inner = typeof last === 'object' && last !== null && 'head' in last ? last.head : last;
  const head = auditHead.safeParse(inner);
  if (!head.success)
    throw new UsageError(`${file}: its last line is not the head that "aiops audit export" writes`);
  return { file, lines, head: head.data };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // told with the line's number, or as a missing head
  }
}

/** The log's entries after a number, in order, a page at a time; none when there are no more. */
type EntriesAfter = (sequence: number) => Promise<AuditEntry[]>;

const MOST_PROBLEMS = 100;

/** What is wrong with an export's own lines, and which of them do not stand in the log as they stand there. */
export async function exportProblems(of: AuditExport, entriesAfter: EntriesAfter): Promise<string[]> {
  if (of.lines.length === 0) return []; // a head alone
  const { entries, problems } = chainOf(of);
  let page: AuditEntry[] = [];
  for (const entry of entries) {
    const { sequence } = entry;
    if (sequence > (page.at(-1)?.sequence ?? 0)) page = await entriesAfter(sequence - 1);
    const logged = page.find((one) => one.sequence === sequence);
    if (!logged) problems.push(`${of.file}: the log has no entry ${sequence} that can be read.`);
    else if (logged.hash !== entry.hash)
      problems.push(`${of.file}: entry ${sequence} of the log is another.`);
    if (problems.length >= MOST_PROBLEMS) break;
  }
  return problems.slice(0, MOST_PROBLEMS);
}

/** The export by itself: each line an entry, each following the one before, the last the one the head is for. */
function chainOf({ file, lines, head }: AuditExport): { entries: AuditEntry[]; problems: string[] } {
  const problems: string[] = [];
  const entries: AuditEntry[] = [];
  let previous: Pick<AuditEntry, 'sequence' | 'hash'> = { sequence: 0, hash: FIRST_PREVIOUS };
  lines.forEach((line, index) => {
    const at = `${file}, line ${index + 1}`;
    const parsed = auditEntry.safeParse(jsonOrNull(line));
    if (!parsed.success) {
      problems.push(`${at}: not an audit entry.`);
      return;
    }
    const entry = parsed.data;
    if (auditHash(entry) !== entry.hash) problems.push(`${at}: was altered (its hash does not match).`);
    if (entry.sequence !== previous.sequence + 1 || entry.previous !== previous.hash)
      problems.push(`${at}: entry ${entry.sequence} does not follow the line before it.`);
    entries.push(entry);
    previous = entry;
  });
  if (previous.sequence !== head.sequence || previous.hash !== head.hash)
    problems.push(`${file}: its last entry is not entry ${head.sequence}, which its head vouches for.`);
  return { entries, problems };
}
