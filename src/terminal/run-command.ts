import { terminalWords } from '../language/terminal.ts';
import { type Command, usageOf } from './commands.ts';
import { everythingSaid, lastAnswer } from './copied-text.ts';
import { regionMeant } from './region-names.ts';
import { accountNow, type Intent, type Step, still, type TerminalState } from './state.ts';
import { addNotice, addWords } from './transcript/items.ts';

/** What a command shows, and what it asks of the world outside. */
export function runCommand(state: TerminalState, command: Exclude<Command, { command: 'exit' }>): Step {
  const words = terminalWords(state.language).commands;
  switch (command.command) {
    case 'help':
      return still(addNotice(state, { notice: 'help', topic: command.topic }));
    case 'helpless': {
      const { noTopic } = terminalWords(state.language).help;
      return still(addWords(state, 'error', noTopic(command.topic)));
    }
    case 'account':
      if (command.name !== null) return asking(state, { intent: 'use_account', name: command.name });
      return still(addNotice(state, { notice: 'account', report: state.account, at: accountNow(state) }));
    case 'region':
      return look(state, command.region, command.everywhere);
    case 'model':
      return asking(state, { intent: 'model', name: command.name });
    case 'lang': {
      const { language } = command;
      if (!language) return still(addWords(state, 'note', words.languageUsage));
      const { languageSet } = terminalWords(language).commands;
      return asking(addWords({ ...state, language }, 'note', languageSet), { intent: 'speak', language });
    }
    case 'sessions':
      return asking(state, { intent: 'sessions' });
    case 'resume':
      return asking(state, { intent: 'resume', id: command.id });
    case 'approvals':
      return still(addNotice(state, { notice: 'approvals', asked: state.asked, at: state.now }));
    case 'audit':
      return asking(state, { intent: 'audit', count: command.count });
    case 'copy': {
      const text = command.what === 'all' ? everythingSaid(state) : lastAnswer(state);
      return text === null
        ? still(addWords(state, 'note', words.nothingToCopy))
        : asking(state, { intent: 'copy', text });
    }
    case 'export':
      return asking(state, { intent: 'export', format: command.format, path: command.path });
    case 'clear':
      return asking(state, { intent: 'redraw', wipe: true });
    case 'auto':
      return still(addWords(state, 'note', words.monitoringLater));
    case 'misused':
      return still(addWords(state, 'error', words.misused(usageOf(command.row))));
    case 'unknown':
      return still(addWords(state, 'error', words.unknown(command.name, command.meant)));
  }
}

function asking(state: TerminalState, intent: Intent): Step {
  return { state, intents: [intent] };
}

/** What becomes of it the engine tells: only it knows what regions there are. */
function look(state: TerminalState, said: string | null, everywhere: boolean): Step {
  if (everywhere) return asking(state, { intent: 'look', region: null });
  if (said !== null) return asking(state, { intent: 'look', region: regionMeant(said) });
  const words = terminalWords(state.language).commands;
  const regions = state.account?.accounts.find(({ current }) => current)?.regions ?? [];
  return still(
    addWords(state, 'note', regions.length === 0 ? words.noRegions : words.regions(regions.join(', '))),
  );
}
