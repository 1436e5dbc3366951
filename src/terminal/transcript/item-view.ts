import { plainBlock } from '../../domain/plain-text.ts';
import { wrap, wrapLine } from '../text/cells.ts';
import { EMPTY_LINE, indented, type Line, type Span, span, type Tone } from '../text/lines.ts';
import { bannerLines } from './banner.ts';
import { callLines } from './call-card.ts';
import type { Item, SayTone } from './item.ts';
import { noticeLines } from './notices/notice-view.ts';
import { narrowed, type ViewContext } from './view-context.ts';

/** One piece of the transcript as it stands on the screen, with the blank line that sets it apart. */
export function itemLines(item: Item, version: string, now: number, context: ViewContext): Line[] {
  // A line that some view made too wide goes on below; the terminal is never left to break it.
  return drawn(item, version, now, context).flatMap((line) => wrapLine(line, context.columns));
}

function drawn(item: Item, version: string, now: number, context: ViewContext): Line[] {
  switch (item.kind) {
    case 'banner':
      return bannerLines(version, context);
    case 'you':
      return [EMPTY_LINE, ...marked(item.text, span('› ', 'accent'), 'strong', context)];
    case 'call':
      return callLines(item.view, now, context);
    case 'say': {
      const { mark, tone } = SAID[item.tone];
      return marked(item.text, mark, tone, context);
    }
    case 'notice':
      return [EMPTY_LINE, ...noticeLines(item.notice, context)];
  }
}

const SAID: Readonly<Record<SayTone, { mark: Span; tone: Tone }>> = {
  answer: { mark: span('● ', 'accent'), tone: 'plain' },
  question: { mark: span('? ', 'warn'), tone: 'plain' },
  refusal: { mark: span('✗ ', 'bad'), tone: 'plain' },
  note: { mark: span('· ', 'dim'), tone: 'dim' },
  error: { mark: span('! ', 'bad'), tone: 'plain' },
};

function marked(text: string, mark: Span, tone: Tone, context: ViewContext): Line[] {
  const { columns } = narrowed(context, 2);
  return indented(wrap(plainBlock(text), columns, tone), 2, mark);
}
