import type { Remembered } from './history.ts';
import { aged, heavier } from './origin.ts';

/**
 * What was cut, newest last. `joins`: the cut before was the last edit, so that the next is added to it.
 * `yank`: the place of the last paste from here, while it can still be exchanged for an older cut.
 */
export type KillRing = {
  cuts: readonly Remembered[];
  joins: boolean;
  yank: { from: number; to: number; index: number } | null;
};

export const EMPTY_RING: KillRing = { cuts: [], joins: false, yank: null };

const MOST = 30;

/** With one more cut; what is cut right after another, backwards or forwards, is one piece with it. */
export function withCut(ring: KillRing, cut: Remembered, forwards: boolean): KillRing {
  const last = ring.cuts.at(-1);
  const joined: Remembered =
    ring.joins && last
      ? {
          text: forwards ? last.text + cut.text : cut.text + last.text,
          origin: heavier(last.origin, cut.origin),
        }
      : cut;
  const others = ring.joins ? ring.cuts.slice(0, -1) : ring.cuts;
  return { cuts: [...others, joined].slice(-MOST), joins: true, yank: null };
}

/** After any other edit. */
export function rested(ring: KillRing): KillRing {
  return ring.joins || ring.yank ? { ...ring, joins: false, yank: null } : ring;
}

/** For the next turn: what was cut is no word of that one. */
export function agedRing(ring: KillRing): KillRing {
  return {
    cuts: ring.cuts.map(({ text, origin }) => ({ text, origin: aged(origin) })),
    joins: false,
    yank: null,
  };
}
