import { terminalWords } from '../language/terminal.ts';
import { type ChatFlags, chatSettings } from './chat-settings.ts';
import { configuredLanguage } from './configured-language.ts';
import { EXIT_CODES, type ExitName } from './exit-codes.ts';
import type { Options } from './options.ts';
import type { CliParts } from './parts.ts';
import { UsageError } from './usage-error.ts';

/** `aiops` alone: the chat, on a terminal. */
export async function chat(
  words: readonly string[],
  given: ChatFlags,
  options: Options,
  parts: CliParts,
): Promise<ExitName> {
  if (words.length > 0)
    throw new UsageError(
      `there is no command "${words[0]}"; to ask something: aiops ask "${words.join(' ')}" (aiops --help lists the commands)`,
    );
  if (options.json) throw new UsageError('--json is for "aiops ask" and "aiops plan"');
  const [language, settings] = await Promise.all([
    configuredLanguage(options, parts.environment),
    chatSettings(given, options, parts.environment),
  ]);
  // The engine is made once the first frame stands; the chat closes it.
  const engine = () => parts.openEngine({ options, language, answerable: () => true, watchAlarms: true });
  const { stdin, stdout } = parts.streams;
  if (!stdin.isTTY || !stdout.isTTY) throw new UsageError(terminalWords(language ?? 'en').notATerminal);
  const sessions = () => parts.openSessions(settings.sessions);
  const code = await parts.chat({ engine, sessions, language: language ?? 'en', settings: settings.chat });
  const name = (Object.keys(EXIT_CODES) as ExitName[]).find((one) => EXIT_CODES[one].code === code);
  return name ?? 'failed';
}
