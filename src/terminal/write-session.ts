import type { ChatSessions } from '../assistant/sessions/chat-sessions.ts';
import { plainLine } from '../domain/plain-text.ts';
import { sessionWords } from '../language/session-words.ts';
import { sessionText, writeSessionFile } from '../reports/session/session-file.ts';
import type { TerminalState } from './state.ts';

/** Writes the running session to a file; resolves to what is to be said of it. */
export async function writeSession(
  sessions: ChatSessions,
  { format, path }: { format: 'md' | 'json'; path: string | null },
  { language, timeZone }: Pick<TerminalState, 'language' | 'timeZone'>,
): Promise<{ tone: 'note' | 'error'; text: string }> {
  const words = sessionWords(language);
  const record = sessions.record();
  if (!record) return { tone: 'error', text: words.export.nothing };
  if ('problem' in record) return { tone: 'error', text: plainLine(words.problem(record.problem)) };
  const text = sessionText(record, format, { language, timeZone });
  const written = await writeSessionFile(text, record.summary.id, format, path);
  const file = plainLine(written.file);
  switch (written.kind) {
    case 'written':
      return { tone: 'note', text: words.export.written(file) };
    case 'exists':
      return { tone: 'error', text: words.export.exists(file) };
    case 'failed':
      return { tone: 'error', text: words.export.failed(file, plainLine(written.why)) };
  }
}
