import type { HelpedCommand, HelpTopic } from '../../../language/prompt-words.ts';
import { COMMANDS, type CommandRow, usageOf } from '../../commands.ts';
import { helpedKeys } from '../../keys.ts';
import { wrap } from '../../text/cells.ts';
import { EMPTY_LINE, indented, type Line, span } from '../../text/lines.ts';
import { fieldLines } from '../results/fields.ts';
import { narrowed, type ViewContext } from '../view-context.ts';

/** `/help`, from the tables that keys and commands are handled by; `topic` null: all of it. */
export function helpLines(topic: HelpTopic | HelpedCommand | null, context: ViewContext): Line[] {
  switch (topic) {
    case null:
      return everything(context);
    case 'examples':
      return examples(context);
    case 'keys':
      return keys(context);
    case 'commands':
      return commands(context);
    default:
      return COMMANDS.filter(({ name }) => name === topic).flatMap((row) => about(row, context));
  }
}

function everything(context: ViewContext): Line[] {
  const { words, columns } = context;
  return [
    ...examples(context),
    EMPTY_LINE,
    ...keys(context),
    EMPTY_LINE,
    ...commands(context),
    EMPTY_LINE,
    ...wrap(words.help.approval, columns, 'dim'),
    ...wrap(words.help.more, columns, 'dim'),
  ];
}

function examples(context: ViewContext): Line[] {
  const { words } = context;
  return section(words.help.examples, context, (within) =>
    words.examples.flatMap((example) => wrap(example, within.columns)),
  );
}

function keys(context: ViewContext): Line[] {
  const { help } = context.words;
  return section(help.keys, context, (within) =>
    fieldLines(
      helpedKeys().map(({ label, help: entry }) => [label, help.key[entry]]),
      within,
    ),
  );
}

function commands(context: ViewContext): Line[] {
  const { help } = context.words;
  return section(help.commands, context, (within) =>
    fieldLines(
      COMMANDS.map((row) => [usageOf(row), help.command[row.name]]),
      within,
    ),
  );
}

/** One command: how it is written, in every language, and what it does. */
function about(row: CommandRow, context: ViewContext): Line[] {
  const { help } = context.words;
  const [, ...others] = row.words;
  const also = others.map((word) => `/${word}`).join('  ');
  return section(usageOf(row), context, (within) => [
    ...wrap(help.command[row.name], within.columns),
    ...wrap(help.about[row.name], within.columns),
    ...(also === '' ? [] : wrap(`${help.also}: ${also}`, within.columns, 'dim')),
  ]);
}

function section(title: string, context: ViewContext, linesIn: (within: ViewContext) => Line[]): Line[] {
  return [[span(title, 'strong')], ...indented(linesIn(narrowed(context, 2)), 2)];
}
