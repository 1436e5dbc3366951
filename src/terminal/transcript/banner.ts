import { cells, wrap, wrapLine } from '../text/cells.ts';
import { type Line, span } from '../text/lines.ts';
import type { ViewContext } from './view-context.ts';

/** What stands at the top of a chat: what this is, what can be said (as much as fits a row), where help is. */
export function bannerLines(version: string, { words, columns }: ViewContext): Line[] {
  const label = `${words.tryLabel}  `;
  const [first = '', ...others] = words.examples.map((example) => `"${example}"`);
  let examples = first;
  for (const example of others) {
    const longer = `${examples}  ${example}`;
    if (cells(label) + cells(longer) <= columns) examples = longer;
  }
  return [
    ...wrapLine([span('aiops', 'strong'), span(` ${version}  `, 'dim'), span(words.tagline)], columns),
    ...wrapLine([span(label, 'dim'), span(examples)], columns),
    ...wrap(words.bannerHint, columns, 'dim'),
  ];
}
