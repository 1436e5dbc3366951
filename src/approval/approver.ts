import type { ProposalGrant } from '../../mcp-server/contract/grant.ts';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import type { ApprovalWords } from '../domain/approval-words.ts';
import { needsPassphrase, unlockKey } from './key.ts';
import { KeyError } from './key-folder.ts';
import { SigningError, signProposal } from './sign.ts';
import { type AskedFor, needsNoDialog } from './without-dialog.ts';

type Signed =
  | { kind: 'signed'; grant: ProposalGrant }
  /** The key asks for a passphrase, or the one given is wrong. */
  | { kind: 'passphrase'; why: string }
  | { kind: 'failed'; why: string };

/** What a person approves with: the key behind it never leaves here. */
export type Approver = {
  /** Whether a yes will have to come with a passphrase. False when that cannot be told: signing then says why. */
  encrypted(): boolean;
  sign(proposal: Proposal, passphrase: string | undefined): Promise<Signed>;
  withoutDialog(of: AskedFor): boolean;
};

/** Whether a passphrase opens the key. True where something else is wrong with the key: signing then says what. */
export function opensKey(folder: string, passphrase: string): boolean {
  try {
    unlockKey(folder, passphrase);
    return true;
  } catch (error) {
    if (error instanceof KeyError) return error.problem.code !== 'passphrase_wrong';
    throw error;
  }
}

/** `folder`: the product's configuration folder. `now`: the machine's clock. */
export function approverIn(folder: string, words: () => ApprovalWords, now: () => Date): Approver {
  const encrypted = () => {
    try {
      return needsPassphrase(folder);
    } catch (error) {
      if (error instanceof KeyError) return false;
      throw error;
    }
  };
  return {
    encrypted,
    withoutDialog: (of) => needsNoDialog(of) && !encrypted(),
    sign: async (proposal, passphrase) => {
      try {
        return { kind: 'signed', grant: signProposal(unlockKey(folder, passphrase), proposal, now()) };
      } catch (error) {
        if (error instanceof SigningError) return { kind: 'failed', why: words().signing(error.problem) };
        if (!(error instanceof KeyError)) throw error;
        const { problem } = error;
        const asks = problem.code === 'passphrase_needed' || problem.code === 'passphrase_wrong';
        return { kind: asks ? 'passphrase' : 'failed', why: words().key(problem) };
      }
    },
  };
}
