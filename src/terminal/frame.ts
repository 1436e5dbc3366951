import { WORDS } from '../language/conversation.ts';
import { terminalWords } from '../language/terminal.ts';
import type { TerminalWords } from '../language/words.ts';
import type { Dialog } from './dialogs/dialog.ts';
import { dialogPicture } from './dialogs/dialog-view.ts';
import { pagerPicture } from './pager/pager-view.ts';
import { promptHint } from './prompt/prompt-hint.ts';
import { promptPicture } from './prompt/prompt-view.ts';
import { accountNow, type TerminalState } from './state.ts';
import { statusLine } from './status/status-view.ts';
import { cells, cut } from './text/cells.ts';
import { clockIn } from './text/clock.ts';
import { EMPTY_LINE, type Line, span } from './text/lines.ts';
import { spinner } from './transcript/call-card.ts';
import { itemLines } from './transcript/item-view.ts';
import { linesOnce } from './transcript/lines-once.ts';
import type { ViewContext } from './transcript/view-context.ts';

/** The part of the screen that changes, and where in it the cursor stands (column, row), counted from 0. */
export type Frame = { lines: Line[]; cursor: { x: number; y: number } | null };

/** Fewer rows than this leave no room for rules and blank lines. */
const ROOMY_ROWS = 14;
const PROMPT_ROWS = 8;

export function viewContext(
  state: Pick<TerminalState, 'language' | 'size' | 'account' | 'accountClock' | 'timeZone' | 'now'> &
    Partial<Pick<TerminalState, 'screenReader' | 'limits'>>,
): ViewContext {
  const words = terminalWords(state.language);
  return {
    words,
    clock: clockIn(state.timeZone, accountNow(state)),
    columns: state.size.columns,
    tableRows: Math.max(5, state.size.rows - 12),
    more: words.card.folded,
    screenReader: state.screenReader ?? false,
    limits: state.limits ?? [],
  };
}

/** What is drawn below the transcript: always shorter than the screen, so that nothing of it scrolls away. */
export function liveFrame(state: TerminalState, context: ViewContext): Frame {
  const { columns, rows } = state.size;
  const { words } = context;
  if (state.leaving) return { lines: [[span(cut(words.prompt.leaving, columns), 'dim')]], cursor: null };
  const pager = state.pager && !state.dialog ? pagerPicture(state, state.pager, context) : null;
  if (pager) return pager;
  if (state.screenReader) return spokenFrame(state, context);
  const bottom = state.dialog ? dialogPart(state, state.dialog, context) : promptPart(state, words);
  const left = Math.max(0, mostRows(state) - bottom.lines.length);
  const above = [...(rows >= ROOMY_ROWS ? [EMPTY_LINE] : []), ...openPart(state, context)];
  const shown = above.slice(Math.max(0, above.length - left));
  return {
    lines: [...shown, ...bottom.lines],
    cursor: bottom.cursor && { x: bottom.cursor.x, y: bottom.cursor.y + shown.length },
  };
}

/** Only what is being answered or written: nothing moves, and nothing is there that is only drawn. */
function spokenFrame(state: TerminalState, context: ViewContext): Frame {
  const hint = promptHint(state, context.words.prompt);
  if (state.dialog) {
    const { details, footer, cursor, room } = dialogLayout(state, state.dialog, context);
    const window = scrolled(details, state.dialog.scroll, room, context.words);
    return { lines: [...window, ...footer], cursor: cursor && { x: cursor.x, y: cursor.y + window.length } };
  }
  const room = Math.max(1, Math.min(PROMPT_ROWS, mostRows(state) - 1));
  const picture = promptPicture(state.prompt, context.words, state.size.columns, room);
  const below: Line[] = hint === '' ? [] : [[span(cut(hint, state.size.columns))]];
  return { lines: [...picture.lines, ...below], cursor: picture.cursor };
}

/** The most rows the frame may take. */
function mostRows({ size }: TerminalState): number {
  return Math.max(3, size.rows - 1);
}

/** Calls under way, and what is typed ahead. */
function openPart(state: TerminalState, context: ViewContext): Line[] {
  const { turn, live, now, version } = state;
  const { words, columns } = context;
  const calls = live.flatMap((item) => {
    const draw = () => itemLines(item, version, now, context);
    return item.kind === 'writing' ? linesOnce(item, context, draw) : draw();
  });
  const working = turn.phase !== 'idle' && live.length === 0 && state.dialog === null;
  const stopping = turn.phase === 'running' && turn.stopping;
  return [
    ...(turn.phase === 'sent'
      ? [[span('› ', 'accent'), span(cut(firstLine(turn.text), columns - 2), 'strong')]]
      : []),
    ...calls,
    ...(working || stopping
      ? [
          [
            span(`${spinner(now)} `, 'accent'),
            span(stopping ? cut(words.prompt.interrupting, columns - 2) : '', 'dim'),
          ],
        ]
      : []),
    ...state.queue.map(({ text }) => [
      span(cut(`${words.prompt.queued}: ${firstLine(text)}`, columns), 'dim'),
    ]),
  ];
}

function promptPart(state: TerminalState, words: TerminalWords): Frame {
  const { columns, rows } = state.size;
  const roomy = rows >= ROOMY_ROWS;
  const hint = promptHint(state, words.prompt);
  const frame = roomy ? 2 : hint ? 1 : 0;
  const room = Math.max(1, Math.min(PROMPT_ROWS, mostRows(state) - frame - 1));
  const picture = promptPicture(state.prompt, words, columns, room);
  const above = roomy ? [rule(columns)] : [];
  const below = roomy ? [rule(columns, hint)] : hint ? [[span(cut(hint, columns), 'warn')]] : [];
  return {
    lines: [...above, ...picture.lines, ...below, statusLine(state, words, columns)],
    cursor: { x: picture.cursor.x, y: picture.cursor.y + above.length },
  };
}

/** The dialog in place of the prompt; what does not fit is scrolled, with its answers always in sight. */
function dialogPart(state: TerminalState, dialog: Dialog, context: ViewContext): Frame {
  const { above, below, details, footer, cursor, room } = dialogLayout(state, dialog, context);
  const window = scrolled(details, dialog.scroll, room, context.words);
  return {
    lines: [...above, ...window, ...footer, ...below],
    cursor: cursor && { x: cursor.x, y: cursor.y + above.length + window.length },
  };
}

function dialogLayout(state: TerminalState, dialog: Dialog, context: ViewContext) {
  const { columns, rows } = state.size;
  const { words } = context;
  const roomy = rows >= ROOMY_ROWS;
  const hint = state.leaveArmed ? words.prompt.leaveAgain : '';
  const above = roomy ? [rule(columns)] : [];
  const below = [...(roomy ? [rule(columns, hint)] : []), statusLine(state, words, columns)];
  // Some rows are for the details, one of them to say how many more there are.
  const free = mostRows(state) - above.length - below.length;
  const approvalWords = WORDS[state.language].approval;
  const picture = dialogPicture(dialog.approval, approvalWords, context, Math.max(1, free - 3), state.now);
  const room = Math.max(1, free - picture.footer.length);
  return { ...picture, above, below, room };
}

/** How far the dialog's details can be scrolled before their end stands on the screen. */
export function dialogScrollLimit(state: TerminalState, context: ViewContext): number {
  if (!state.dialog) return 0;
  const { details, room } = dialogLayout(state, state.dialog, context);
  return details.length <= room ? 0 : details.length - room + 1;
}

/** The dialog with what is known of how much of it has been on the screen. */
export function dialogSeen(state: TerminalState, context: ViewContext): TerminalState {
  const { dialog } = state;
  if (!dialog || dialog.approval.seen || dialog.scroll < dialogScrollLimit(state, context)) return state;
  return { ...state, dialog: { ...dialog, approval: { ...dialog.approval, seen: true } } };
}

/** `room` of the lines from `offset` on; the last row says how many more there are. */
function scrolled(lines: readonly Line[], offset: number, room: number, words: TerminalWords): Line[] {
  if (lines.length <= room) return [...lines];
  const from = Math.max(0, Math.min(offset, lines.length - room + 1));
  const shown = lines.slice(from, from + room - 1);
  const rest = lines.length - from - shown.length;
  return [...shown, [span(rest > 0 ? `↓ ${words.card.more(rest)}` : '↑', 'accent')]];
}

function rule(columns: number, label = ''): Line {
  const text = label === '' ? '' : cut(` ${label} `, Math.max(0, columns - 4));
  return [
    span('─'.repeat(Math.max(0, columns - cells(text) - 2)), 'dim'),
    span(text, 'warn'),
    span('─'.repeat(Math.min(2, columns)), 'dim'),
  ];
}

function firstLine(text: string): string {
  // More than a row takes is not looked at: the text may be a long paste.
  const [first = '', ...rest] = text.slice(0, 1_000).split('\n');
  return rest.length > 0 ? `${first} …` : first;
}
