import { stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { KeptLine, SessionSummary } from '../../domain/kept-session.ts';
import type { Language } from '../../domain/reading.ts';
import { exportSession } from './session-export.ts';
import { sessionMarkdown } from './session-markdown.ts';

export type SessionFormat = 'md' | 'json';

type Session = { summary: SessionSummary; lines: readonly KeptLine[]; unread: number };

export function sessionText(
  { summary, lines, unread }: Session,
  format: SessionFormat,
  { language, timeZone }: { language: Language; timeZone: string },
): string {
  const exported = exportSession(summary, lines, unread);
  return format === 'json'
    ? `${JSON.stringify(exported, null, 2)}\n`
    : sessionMarkdown(exported, language, timeZone);
}

/** The format a file's name says, or null. */
export function formatOf(path: string): SessionFormat | null {
  const ending = extname(path).toLowerCase();
  if (ending === '.json') return 'json';
  return ['.md', '.markdown'].includes(ending) ? 'md' : null;
}

export type Written =
  | { kind: 'written' | 'exists'; file: string }
  | { kind: 'failed'; file: string; why: string };

/** Writes a new file, for its owner alone; one that is there stays as it is. Without a path: `aiops-<id>.<format>` here. */
export async function writeSessionFile(
  text: string,
  id: string,
  format: SessionFormat,
  path: string | null,
): Promise<Written> {
  const file = await fileAt(path, `aiops-${id}.${format}`);
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
    return { kind: 'written', file };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return error.code === 'EEXIST' ? { kind: 'exists', file } : { kind: 'failed', file, why: error.message };
  }
}

/** A folder takes the file under its usual name; `~` is the person's home, as a shell has it. */
async function fileAt(path: string | null, usual: string): Promise<string> {
  if (path === null) return resolve(usual);
  const said = path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
  const isFolder = await stat(said).then(
    (about) => about.isDirectory(),
    () => false, // not there yet: it becomes a file
  );
  return isFolder ? resolve(said, usual) : resolve(said);
}
