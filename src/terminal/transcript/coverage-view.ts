import type { Gap } from '../../../mcp-server/contract/coverage.ts';
import { wrapLine } from '../text/cells.ts';
import { type Line, span } from '../text/lines.ts';
import type { ViewContext } from './view-context.ts';

/** What could not be looked at and why, each in full: a conclusion is only as good as this. */
export function gapLines(gaps: readonly Gap[], { words, columns }: ViewContext): Line[] {
  return gaps.flatMap((gap) => {
    const where = [gap.account, gap.region].filter(Boolean).join(' ');
    return wrapLine(
      [
        span(`! ${words.card.notSeen}: `, 'warn'),
        span([gap.what, where && `(${where})`].filter(Boolean).join(' '), 'warn'),
        span(`: ${words.card.why[gap.why]}. `, 'warn'),
        span(gap.detail, 'dim'),
      ],
      columns - 2,
    ).map((line, index) => (index === 0 ? line : [span('  '), ...line]));
  });
}
