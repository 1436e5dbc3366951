import type { CallView } from '../../domain/events.ts';
import { callLines } from '../transcript/call-card.ts';
import type { ViewContext } from '../transcript/view-context.ts';

/** True when the card of a call shows less than there is: then it can be opened. */
export function leavesOut(view: CallView, context: ViewContext): boolean {
  if (view.state.status !== 'done') return false;
  let out = false;
  const cut = () => {
    out = true;
  };
  const more = (count: number) => {
    cut();
    return context.more(count);
  };
  callLines(view, 0, { ...context, more, cut });
  return out;
}
