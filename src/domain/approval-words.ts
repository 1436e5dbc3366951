import type { GAP_REASONS } from '../../mcp-server/contract/coverage.ts';
import type { FELT_AS, NO_UNDO, UNDO_NOTES } from '../../mcp-server/contract/proposal.ts';

/** What can be wrong with the key a person approves with. */
export type KeyProblem =
  /** Others can read the key, or write where it lies. `mode` in octal. */
  | { code: 'exposed'; path: string; mode: string; fix: string }
  | { code: 'foreign'; path: string }
  | { code: 'not_a_key'; path: string }
  | { code: 'unusable'; path: string; why: string }
  | { code: 'passphrase_needed' }
  | { code: 'passphrase_wrong' };

/** Why something is not signed. */
export type SigningProblem =
  /** What would be signed is not what the proposal's digest stands for. */
  | { code: 'digest'; proposal: string }
  | { code: 'ended'; proposal: string; at: string }
  | { code: 'standing_destructive'; tool: string }
  | { code: 'standing_targets'; count: number }
  | { code: 'standing_free_text'; argument: string };

/** What can be answered beside yes and no: outside a conversation there is nothing to edit, or nobody to explain. */
export type Offer = 'all' | 'without_edit' | 'yes_no';

/** A length of time in one unit. */
export type TimeSpan = { count: number; unit: 'second' | 'minute' | 'hour' | 'day' };

/** The words of asking, whoever draws them. Every value passed in is plain already. */
export type ApprovalWords = {
  label: {
    call: string;
    plan: string;
    step: string;
    target: string;
    becomes: string;
    takesAway: string;
    affected: string;
    notSeen: string;
    undo: string;
    as: string;
    where: string;
    expires: string;
    cli: string;
    flagged: string;
    standing: string;
    rate: string;
    until: string;
    open: string;
    reason: string;
  };
  /** What a yes for the future says beside the call it is for. */
  standing: {
    heading(id: string): string;
    /** `per`: as `span` says it. */
    rate(count: number, per: string): string;
    nothingOpen: string;
    noTerminal: string;
  };
  risk: { change: string; destructive: string; irreversible: string };
  steps(count: number): string;
  /** Nothing else feels it, and all of it could be looked at. */
  noneAffected: string;
  /** What goes with a target without being named: how many at most, of which. */
  takesAway(count: number, kind: string, among: string): string;
  feltAs: Record<(typeof FELT_AS)[number], string>;
  noUndo: Record<(typeof NO_UNDO)[number], string>;
  undoNote: Record<(typeof UNDO_NOTES)[number], string>;
  gap: Record<(typeof GAP_REASONS)[number], string>;
  unchanged: string;
  simulated(file: string): string;
  endpoint(url: string): string;
  /** What each key does, by what is offered beside yes and no. */
  keys: Record<Offer, string>;
  /** Keys while a name is asked for. */
  namingKeys: Record<Offer, string>;
  typeName(name: string): string;
  wrongName: string;
  passphrase: string;
  passphraseKeys: string;
  pasteIgnored: string;
  enterIgnored: string;
  enterAlone: string;
  wait: string;
  /** A yes to what was not read to its end. */
  unseen: string;
  /** The answer is given; the signature is being made. */
  checking: string;
  /** A length of time, in people's units. */
  span(of: TimeSpan): string;
  approved: string;
  declined: string;
  expired: string;
  noTerminal: string;
  key(problem: KeyProblem): string;
  signing(problem: SigningProblem): string;
};
