export type AccountClock = {
  /** When the run began, epoch milliseconds on the account's clock. */
  readonly startMs: number;
  nowMs(): number;
};

type ClockOptions = {
  real: () => Date;
  /** When the run began, on the account's clock. */
  startMs: number;
  /** Simulated seconds per real second. */
  speed: number;
  /** A real time, and what the account's clock says then: the start of the run unless given. */
  anchorMs: number;
  nowAtAnchorMs?: number;
};

/** A clock that starts where the account says and goes on with the real one. */
export function createClock({ real, startMs, speed, anchorMs, nowAtAnchorMs }: ClockOptions): AccountClock {
  const from = nowAtAnchorMs ?? startMs;
  return { startMs, nowMs: () => from + (real().getTime() - anchorMs) * speed };
}
