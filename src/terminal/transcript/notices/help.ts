import { COMMANDS } from '../../commands.ts';
import { helpedKeys } from '../../keys.ts';
import { wrap } from '../../text/cells.ts';
import { EMPTY_LINE, indented, type Line, span } from '../../text/lines.ts';
import { fieldLines } from '../results/fields.ts';
import { narrowed, type ViewContext } from '../view-context.ts';

/** `/help`, from the tables that keys and commands are handled by. */
export function helpLines(context: ViewContext): Line[] {
  const { words, columns } = context;
  const within = narrowed(context, 2);
  const section = (title: string, lines: Line[]): Line[] => [[span(title, 'strong')], ...indented(lines, 2)];
  return [
    ...section(
      words.help.examples,
      words.examples.flatMap((example) => wrap(example, within.columns)),
    ),
    EMPTY_LINE,
    ...section(
      words.help.keys,
      fieldLines(
        helpedKeys().map(({ label, help }) => [label, words.help.key[help]]),
        within,
      ),
    ),
    EMPTY_LINE,
    ...section(
      words.help.commands,
      fieldLines(
        COMMANDS.map(({ usage, help }) => [usage, words.help.command[help]]),
        within,
      ),
    ),
    EMPTY_LINE,
    ...wrap(words.help.approval, columns, 'dim'),
  ];
}
