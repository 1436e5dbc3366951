import type { KeptEntry, KeptLine } from './kept-session.ts';

type OfTurn = Extract<KeptEntry, { turn: string }>;

/** The lines of one turn. Ids of turns are unique in a run of the program; a session can hold several runs. */
export type KeptTurn = {
  /** From 1, over the whole session. */
  number: number;
  startedAt: number;
  start: Extract<KeptEntry, { type: 'turn_started' }>;
  lines: { at: number; entry: OfTurn }[];
  /** Null when the program ended in the middle of it. */
  end: { at: number; entry: Extract<KeptEntry, { type: 'turn_ended' }> } | null;
};

/** A session's lines by turn, in the order the turns began. */
export function turnsOf(lines: readonly KeptLine[]): KeptTurn[] {
  const turns: KeptTurn[] = [];
  const latest = new Map<string, KeptTurn>();
  for (const { at, entry } of lines) {
    if (!('turn' in entry)) continue;
    if (entry.type === 'turn_started') {
      const turn: KeptTurn = { number: turns.length + 1, startedAt: at, start: entry, lines: [], end: null };
      turns.push(turn);
      latest.set(entry.turn, turn);
      continue;
    }
    const turn = latest.get(entry.turn);
    turn?.lines.push({ at, entry });
    if (turn && entry.type === 'turn_ended') turn.end = { at, entry };
  }
  return turns;
}
