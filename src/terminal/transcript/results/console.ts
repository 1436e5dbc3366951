import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { plainBlock } from '../../../domain/plain-text.ts';
import { wrap } from '../../text/cells.ts';
import { type Line, span } from '../../text/lines.ts';
import type { ViewContext } from '../view-context.ts';

/** The newest lines: a machine's last words stand at the end. */
export function consoleLines(
  { instance, name, at, output }: ToolOutput<'get_console_output'>,
  context: ViewContext,
): Line[] {
  const { words, clock, columns, tableRows, more } = context;
  const when = at ? ` · ${clock.at(at)} ${clock.zone}` : '';
  const head = wrap(`${name || instance}${when}`, columns, 'strong');
  const text = plainBlock(output).trimEnd();
  if (text === '') return [...head, ...wrap(words.results.consoleEmpty, columns, 'dim')];
  const all = text.split('\n');
  const shown = all.slice(-tableRows);
  const left = all.length - shown.length;
  return [
    ...head,
    ...(left > 0 ? [[span(more(left), 'dim')]] : []),
    ...shown.flatMap((each) => wrap(each, columns)),
  ];
}
