/**
 * Writes `docs/keys.md` from the tables that keys and commands are handled by.
 * Run: `node scripts/keys-page.ts`.
 */
import { writeFileSync } from 'node:fs';
import { terminalWords } from '../src/language/terminal.ts';
import { COMMANDS, usageOf } from '../src/terminal/commands.ts';
import { helpedKeys } from '../src/terminal/keys.ts';
import { code, table } from './markdown.ts';

export const KEYS_PAGE = new URL('../docs/keys.md', import.meta.url);

export function keysPage(): string {
  const { help } = terminalWords('en');
  const keys = helpedKeys().map(({ label, help: entry }) => [code(label), help.key[entry]]);
  const commands = COMMANDS.map((row) => {
    const [, ...others] = row.words;
    const also = others.map((word) => code(`/${word}`)).join(' ');
    return [code(usageOf(row)), `${sentence(help.command[row.name])} ${help.about[row.name]}`, also];
  });
  return [
    '# Keys and commands of the chat',
    '',
    'Made from the tables that the chat itself reads them by (`node scripts/keys-page.ts`). In the chat: `/help`.',
    '',
    '## Keys',
    '',
    ...table(['key', 'what it does'], keys),
    '',
    help.approval,
    '',
    '## Commands',
    '',
    'A command stands at the start of the line. What is no command is a sentence for the assistant.',
    '',
    ...table(['command', 'what it does', 'also'], commands),
    '',
  ].join('\n');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

if (import.meta.main) writeFileSync(KEYS_PAGE, keysPage());
