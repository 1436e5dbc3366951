import type { ApprovalDialog } from '../../approval/dialog.ts';
import { hintText } from '../../approval/hint-text.ts';
import { linesOf, type ProposalLine } from '../../approval/proposal-lines.ts';
import type { ApprovalWords } from '../../domain/approval-words.ts';
import { cells, graphemes, wrap } from '../text/cells.ts';
import { type Line, span, type Tone } from '../text/lines.ts';
import { type Labelled, labelledLines } from '../transcript/results/fields.ts';
import type { ViewContext } from '../transcript/view-context.ts';

/** `details` may scroll; `footer` (what can be answered) always shows. The cursor stands in the footer's lines. */
type DialogPicture = {
  details: Line[];
  footer: Line[];
  cursor: { x: number; y: number } | null;
};

export function dialogPicture(
  approval: ApprovalDialog,
  words: ApprovalWords,
  context: ViewContext,
  /** The most rows the footer may take. */
  most: number,
  /** The machine's clock, in milliseconds since 1970. */
  now: number,
): DialogPicture {
  const { lines, cursor } = question(approval, words, context.columns);
  const why = hintText(approval.hint, words);
  const hint = why === null ? [] : wrap(why, context.columns, 'warn');
  const footer = [...hint, ...lines];
  const at = cursor && { x: cursor.x, y: cursor.y + hint.length };
  // Where even the footer is too tall, what is typed stays in sight.
  const from = Math.max(0, (at?.y ?? 0) - most + 1);
  return {
    details: detailLines(approval, words, context, now),
    footer: footer.slice(from, from + most),
    cursor: at && { x: at.x, y: at.y - from },
  };
}

const TONES: Readonly<Record<ProposalLine['tone'], Tone>> = {
  normal: 'plain',
  danger: 'bad',
  quiet: 'dim',
  warning: 'warn',
};

/** What the approval room wants seen, lines of one label together. */
function detailLines(
  { proposal, flagged }: ApprovalDialog,
  words: ApprovalWords,
  context: ViewContext,
  now: number,
): Line[] {
  const labelled: { title: string; lines: Line[] }[] = [];
  for (const { kind, label, text, tone } of linesOf(proposal, flagged, words, now)) {
    const line: Line = [span(text, kind === 'target' ? 'strong' : TONES[tone])];
    const last = labelled.at(-1);
    if (last?.title === label) last.lines.push(line);
    else labelled.push({ title: label, lines: [line] });
  }
  return labelledLines(labelled satisfies Labelled[], context);
}

type Question = { lines: Line[]; cursor: { x: number; y: number } | null };

/** A passphrase never shows, not even its length. */
function question(approval: ApprovalDialog, words: ApprovalWords, columns: number): Question {
  switch (approval.phase) {
    case 'choosing':
      return { lines: wrap(words.keys[approval.offer], columns, 'strong'), cursor: null };
    case 'naming': {
      const wanted = approval.wanted[approval.which]?.shown ?? '';
      const asked = wrap(words.typeName(wanted), columns, 'strong');
      return input(asked, tail(approval.typed, columns - 3), words.namingKeys[approval.offer], columns);
    }
    case 'passphrase':
      return input(wrap(words.passphrase, columns, 'strong'), '', words.passphraseKeys, columns);
    case 'settled':
      return { lines: wrap(words.checking, columns, 'dim'), cursor: null };
  }
}

function input(asked: Line[], typed: string, keys: string, columns: number): Question {
  return {
    lines: [...asked, [span('› ', 'accent'), span(typed)], ...wrap(keys, columns, 'dim')],
    cursor: { x: 2 + cells(typed), y: asked.length },
  };
}

/** As much of the end of what is typed, where the cursor is, as fits. */
function tail(text: string, columns: number): string {
  let shown = '';
  for (const grapheme of graphemes(span(text).text).reverse()) {
    if (cells(grapheme) + cells(shown) > columns) break;
    shown = grapheme + shown;
  }
  return shown;
}
