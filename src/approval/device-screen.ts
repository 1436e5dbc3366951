import type { ApprovalWords } from '../domain/approval-words.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { ApprovalDialog } from './dialog.ts';
import { hintText } from './hint-text.ts';
import { linesOf } from './proposal-lines.ts';

/** A proposal as plain text, a label and its line each. Ends with a line end. */
export function proposalText(
  dialog: Pick<ApprovalDialog, 'proposal' | 'flagged'>,
  words: ApprovalWords,
): string {
  const lines = linesOf(dialog.proposal, dialog.flagged, words).map(({ kind, label, text }) => {
    const inset = kind === 'title' || kind === 'step' || kind === 'place' || kind === 'expires' ? '' : '  ';
    return `${inset}${label}: ${text}`;
  });
  return `${lines.join('\n')}\n`;
}

function settledText(
  decision: Extract<ApprovalDialog, { phase: 'settled' }>['decision'],
  words: ApprovalWords,
) {
  switch (decision.decision) {
    case 'approve':
      return words.approved;
    case 'decline':
      return words.declined;
    case 'edit':
    case 'why':
      return '';
  }
}

/** The question under a proposal. A passphrase never shows, not even its length. */
export function questionText(dialog: ApprovalDialog, words: ApprovalWords): string {
  const hint = hintText(dialog.hint, words);
  const asked = (() => {
    switch (dialog.phase) {
      case 'choosing':
        return words.keys;
      case 'naming': {
        const wanted = dialog.wanted[dialog.which]?.shown ?? '';
        return `${words.typeName(plainLine(wanted))}\n${words.namingKeys}\n> ${plainLine(dialog.typed)}`;
      }
      case 'passphrase':
        return `${words.passphrase} (${words.passphraseKeys}): `;
      case 'settled':
        return settledText(dialog.decision, words);
    }
  })();
  return hint ? `${hint}\n${asked}` : asked;
}
