import { configuredLanguage } from './configured-language.ts';
import { EXIT_CODES, type ExitName } from './exit-codes.ts';
import type { Options } from './options.ts';
import type { CliParts } from './parts.ts';
import { UsageError } from './usage-error.ts';

/** `aiops` alone: the chat, on a terminal. */
export async function chat(words: readonly string[], options: Options, parts: CliParts): Promise<ExitName> {
  if (words.length > 0)
    throw new UsageError(
      `there is no command "${words[0]}"; to ask something: aiops ask "${words.join(' ')}" (aiops --help lists the commands)`,
    );
  if (options.json) throw new UsageError('--json is for "aiops ask" and "aiops plan"');
  const language = await configuredLanguage(options, parts.environment);
  // The engine is made once the first frame stands; the chat closes it.
  const engine = () => parts.openEngine({ options, language, answerable: () => true, watchAlarms: true });
  const code = await parts.chat({ engine, language: language ?? 'en' });
  const name = (Object.keys(EXIT_CODES) as ExitName[]).find((one) => EXIT_CODES[one].code === code);
  return name ?? 'failed';
}
