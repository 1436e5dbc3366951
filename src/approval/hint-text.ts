import type { ApprovalWords } from '../domain/approval-words.ts';
import type { ApprovalDialog } from './dialog.ts';

/** Why the last key did nothing, in words; null when it did something. */
export function hintText(hint: ApprovalDialog['hint'], words: ApprovalWords): string | null {
  switch (hint) {
    case null:
      return null;
    case 'wait':
      return words.wait;
    case 'paste_ignored':
      return words.pasteIgnored;
    case 'enter_ignored':
      return words.enterIgnored;
    case 'enter_alone':
      return words.enterAlone;
    case 'wrong_name':
      return words.wrongName;
    case 'unseen':
      return words.unseen;
    case 'wrong_passphrase':
      return words.key({ code: 'passphrase_wrong' });
  }
}
