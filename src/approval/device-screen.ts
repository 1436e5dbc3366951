import type { ApprovalWords } from '../domain/approval-words.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { ApprovalDialog } from './dialog.ts';
import { hintText } from './hint-text.ts';
import { type LineKind, linesOf } from './proposal-lines.ts';
import type { StandingTerms } from './sign.ts';

const FLUSH: ReadonlySet<LineKind> = new Set(['standing', 'title', 'step', 'place', 'expires']);

/** A proposal as plain text, a label and its line each. `now`: ms since 1970. Ends with a line end. */
export function proposalText(
  {
    proposal,
    flagged,
    standing,
  }: Pick<ApprovalDialog, 'proposal' | 'flagged'> & { standing?: StandingTerms },
  words: ApprovalWords,
  now: number,
): string {
  const lines = linesOf(proposal, flagged, words, now, standing).map(({ kind, label, text }) => {
    const inset = FLUSH.has(kind) ? '' : '  ';
    return `${inset}${label}: ${text}`;
  });
  return `${lines.join('\n')}\n`;
}

/**
 * The question under a proposal. A passphrase never shows, not even its length. What became of the answer is
 * said by whoever acts on it: a yes is none before it is signed.
 */
export function questionText(dialog: ApprovalDialog, words: ApprovalWords): string {
  const hint = hintText(dialog.hint, words);
  const asked = (() => {
    switch (dialog.phase) {
      case 'choosing':
        return words.keys[dialog.offer];
      case 'naming': {
        const wanted = dialog.wanted[dialog.which]?.shown ?? '';
        return `${words.typeName(plainLine(wanted))}\n${words.namingKeys[dialog.offer]}\n> ${plainLine(dialog.typed)}`;
      }
      case 'passphrase':
        return `${words.passphrase} (${words.passphraseKeys}): `;
      case 'settled':
        return '';
    }
  })();
  return hint ? `${hint}\n${asked}` : asked;
}
