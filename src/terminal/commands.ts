import { LANGUAGES, type Language } from '../domain/reading.ts';
import type { HelpedCommand } from '../language/words.ts';

/** What the chat itself does on a word or a slash command, without asking the assistant. */
export type Command =
  | { command: 'help' }
  | { command: 'account' }
  | { command: 'approvals' }
  | { command: 'lang'; language: Language | null }
  | { command: 'auto' }
  | { command: 'exit' }
  | { command: 'unknown'; name: string };

type CommandRow = {
  help: HelpedCommand;
  /** How the help writes it. */
  usage: string;
  /** The whole input, case and outer blanks folded. */
  pattern: RegExp;
  read(argument: string): Command;
};

/** Every command, for handling and for the help. */
export const COMMANDS: readonly CommandRow[] = [
  { help: 'help', usage: '/help', pattern: /^\/(?:help|\?)$/, read: () => ({ command: 'help' }) },
  { help: 'account', usage: '/account', pattern: /^\/account$/, read: () => ({ command: 'account' }) },
  {
    help: 'approvals',
    usage: '/approvals',
    pattern: /^\/approvals$/,
    read: () => ({ command: 'approvals' }),
  },
  {
    help: 'lang',
    usage: '/lang en|ko|zh',
    pattern: /^\/lang(?:\s+(\S+))?$/,
    read: (argument) => ({
      command: 'lang',
      language: LANGUAGES.find((language) => language === argument) ?? null,
    }),
  },
  {
    help: 'auto',
    usage: 'auto on|off',
    pattern: /^\/?auto\s+(?:on|off)$/,
    read: () => ({ command: 'auto' }),
  },
  { help: 'exit', usage: 'exit, quit', pattern: /^\/?(?:exit|quit)$/, read: () => ({ command: 'exit' }) },
];

/**
 * The command an input is, or null for a sentence. A slash at the start is never a sentence: an unknown one is
 * said to be unknown instead of being sent on (a path such as `/web/error logs` has a second slash and is one).
 */
export function readCommand(text: string): Command | null {
  const folded = text.trim().toLowerCase();
  for (const row of COMMANDS) {
    const match = row.pattern.exec(folded);
    if (match) return row.read(match[1] ?? '');
  }
  const name = /^\/[^\s/]+(?=\s|$)/.exec(text.trim())?.[0];
  return name ? { command: 'unknown', name } : null;
}
