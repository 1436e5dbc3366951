import { wrap } from '../../text/cells.ts';
import { indented, type Line, span } from '../../text/lines.ts';
import type { Notice } from '../item.ts';
import { narrowed, type ViewContext } from '../view-context.ts';
import { accountLines } from './account.ts';
import { approvalsLines } from './approvals.ts';
import { helpLines } from './help.ts';

/** What the chat shows of its own accord or on a command. */
export function noticeLines(notice: Notice, context: ViewContext): Line[] {
  switch (notice.notice) {
    case 'help':
      return helpLines(notice.topic, context);
    case 'account':
      return accountLines(notice.report, notice.at, context);
    case 'approvals':
      return approvalsLines(notice.asked, notice.at, context);
    case 'words': {
      const mark = notice.tone === 'error' ? span('! ', 'bad') : span('· ', 'dim');
      const tone = notice.tone === 'error' ? 'plain' : 'dim';
      return indented(wrap(notice.text, narrowed(context, 2).columns, tone), 2, mark);
    }
  }
}
