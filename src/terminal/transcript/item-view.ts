import { number } from '../../assistant/answers/quantity.ts';
import { plainBlock } from '../../domain/plain-text.ts';
import { inBrief } from '../prompt/paste-view.ts';
import { wrap, wrapLine } from '../text/cells.ts';
import { EMPTY_LINE, goesOn, indented, type Line, type Span, span, type Tone } from '../text/lines.ts';
import { type Joint, markdownRows } from '../text/markdown/blocks.ts';
import { hung } from '../text/markdown/rows.ts';
import { likelyWhole } from '../text/markdown/unfinished.ts';
import { bannerLines } from './banner.ts';
import { callLines } from './call-card.ts';
import type { Item, SayTone } from './item.ts';
import type { CutShort } from './kept.ts';
import { noticeLines } from './notices/notice-view.ts';
import { narrowed, type ViewContext } from './view-context.ts';

/** One piece of the transcript as it stands on the screen, with the blank line that sets it apart. */
export function itemLines(item: Item, version: string, now: number, context: ViewContext): Line[] {
  // A line that some view made too wide goes on below; the terminal is never left to break it.
  return drawn(item, version, now, context).flatMap((line) =>
    goesOn(line) ? [line] : wrapLine(line, context.columns),
  );
}

function drawn(item: Item, version: string, now: number, context: ViewContext): Line[] {
  switch (item.kind) {
    case 'banner':
      return bannerLines(version, context);
    case 'you': {
      const said = inBrief(item.text, context.words.prompt);
      return context.screenReader
        ? spoken(context.words.spoken.you, said, context)
        : [EMPTY_LINE, ...marked(said, span('› ', 'accent'), 'strong', context)];
    }
    case 'call':
      return [...callLines(item.view, now, context), ...cutLines(item.cut ?? null, context)];
    case 'say': {
      if (item.markdown) return markdownLines(item.text, item.markdown, item.tone, context);
      const { mark, tone } = SAID[item.tone];
      return context.screenReader
        ? spoken(context.words.spoken[item.tone], item.text, context)
        : marked(item.text, mark, tone, context);
    }
    case 'writing':
      return markdownLines(likelyWhole(item.tail), item.joint, 'answer', context);
    case 'opened':
      return callLines(item.view, now, { ...context, tableRows: OPENED_ROWS });
    case 'gone':
      return wrap(item.text, context.columns);
    case 'notice':
      return [EMPTY_LINE, ...noticeLines(item.notice, context)];
  }
}

/** As much of a result as is written into the transcript at once. */
const OPENED_ROWS = 1_000;

const SAID: Readonly<Record<SayTone, { mark: Span; tone: Tone }>> = {
  answer: { mark: span('● ', 'accent'), tone: 'plain' },
  question: { mark: span('? ', 'warn'), tone: 'plain' },
  refusal: { mark: span('✗ ', 'bad'), tone: 'plain' },
  note: { mark: span('· ', 'dim'), tone: 'dim' },
  error: { mark: span('! ', 'bad'), tone: 'plain' },
};

/**
 * Written text with the mark of who says it before its first row; code stands at the left edge, so that it can be
 * copied as it is.
 */
function markdownLines(text: string, joint: Joint, tone: SayTone, context: ViewContext): Line[] {
  const { screenReader, columns, words } = context;
  const room = {
    columns: Math.max(1, screenReader ? columns : columns - 2),
    full: columns,
    spoken: screenReader,
  };
  const rows = markdownRows(text, joint, room);
  if (rows.length === 0) return [];
  const gap = joint === 'block' ? [EMPTY_LINE] : [];
  if (screenReader) {
    const label = joint === 'first' ? wrap(`${words.spoken[tone]}:`, columns) : [];
    return [...label, ...gap, ...rows.map(({ line }) => line)];
  }
  const first = joint === 'first' ? SAID[tone].mark : span('  ');
  return [...gap, ...hung(rows, 2, first, joint === 'first').map(({ line }) => line)];
}

function spoken(label: string, text: string, { columns }: ViewContext): Line[] {
  return wrap(plainBlock(`${label}: ${text}`), columns);
}

/** What no longer can be opened, because it was too much to keep. */
function cutLines(cut: CutShort | null, { words, columns }: ViewContext): Line[] {
  if (!cut) return [];
  return indented(
    wrap(words.card.cutShort(number(cut.kept), number(cut.of)), Math.max(1, columns - 2), 'warn'),
    2,
  );
}

function marked(text: string, mark: Span, tone: Tone, context: ViewContext): Line[] {
  const { columns } = narrowed(context, 2);
  return indented(wrap(plainBlock(text), columns, tone), 2, mark);
}
