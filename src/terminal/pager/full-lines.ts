import type { CallView } from '../../domain/events.ts';
import { wrapLine } from '../text/cells.ts';
import { goesOn, type Line } from '../text/lines.ts';
import { callLines } from '../transcript/call-card.ts';
import { linesOnce } from '../transcript/lines-once.ts';
import type { ViewContext } from '../transcript/view-context.ts';

/** All lines of a result, nothing left out. */
export function fullLines(view: CallView, context: ViewContext): readonly Line[] {
  return linesOnce(view, context, () =>
    callLines(view, 0, { ...context, tableRows: Number.POSITIVE_INFINITY }).flatMap((line) =>
      goesOn(line) ? [line] : wrapLine(line, context.columns),
    ),
  );
}
