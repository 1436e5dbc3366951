/** One place for a task in a deployment: filled from `born` on, until it is told to go at `dies`. */
export type Slot = {
  /** Epoch ms. */
  born: number;
  /** Epoch ms; infinite while nothing ends it. */
  dies: number;
  /** What becomes of the tasks in it: `crashing` ones run for a while and are started again; `stuck` ones never run. */
  fate: 'runs' | 'crashing' | 'stuck';
  /** Its place in its deployment. */
  index: number;
};

/** One deployment of a service. */
export type Rollout = {
  /** Epoch ms. */
  at: number;
  /** Its place among the service's deployments. */
  index: number;
  revision: number;
  slots: Slot[];
};

/** From a task's creation until it runs: placing it, pulling its image, starting its containers. */
export const START_MS = 40_000;
/** From then until the tasks of the deployment before have been drained and stopped. */
export const DRAIN_MS = 30_000;
/** Until ECS has seen that all is as wanted. */
const STEADY_MS = 5_000;
/** A task that is no longer wanted. */
const STOP_MS = 10_000;

/** When a deployment in which nothing fails is completed. */
export const COMPLETE_MS = START_MS + DRAIN_MS + STEADY_MS;

/** A crashing task passes its first health checks: long enough for the old ones to be stopped. */
const FIRST_LIFE_MS = DRAIN_MS + 15_000;
/** Later ones crash sooner, not all at the same time. */
const LIFE_MS = 20_000;
const APART_MS = 9_000;

type TaskState = 'pending' | 'running' | 'gone';

/** What stands in a slot at a time. */
export function stateOf(slot: Slot, at: number): TaskState {
  if (at < slot.born || at >= slot.dies) return 'gone';
  switch (slot.fate) {
    case 'stuck':
      return 'gone';
    case 'runs':
      return at < slot.born + START_MS ? 'pending' : 'running';
    case 'crashing': {
      const { into, life } = turnOf(slot, at);
      return into < START_MS || into >= START_MS + life ? 'pending' : 'running';
    }
  }
}

/** Tasks of a slot that have crashed by a time. */
export function crashesOf(slot: Slot, at: number): number {
  if (slot.fate !== 'crashing' || at < slot.born) return 0;
  return turnOf(slot, Math.min(at, slot.dies)).turn;
}

/** When the tasks of a slot crash, up to a time. */
export function crashTimes(slot: Slot, until: number): number[] {
  const count = crashesOf(slot, until);
  const first = slot.born + START_MS + firstLife(slot);
  return Array.from({ length: count }, (_, turn) => first + turn * (START_MS + LIFE_MS));
}

/** Which task of a crashing slot it is, and how far into its turn. */
function turnOf(slot: Slot, at: number): { turn: number; into: number; life: number } {
  const age = at - slot.born;
  const first = START_MS + firstLife(slot);
  if (age < first) return { turn: 0, into: age, life: firstLife(slot) };
  const later = age - first;
  const length = START_MS + LIFE_MS;
  return { turn: 1 + Math.floor(later / length), into: later % length, life: LIFE_MS };
}

function firstLife({ index }: Slot): number {
  return FIRST_LIFE_MS + (index % 5) * APART_MS;
}

/** A deployment of so many tasks, the last `failing` of which meet the fate. */
export function newRollout(
  of: Pick<Rollout, 'at' | 'index' | 'revision'>,
  desired: number,
  failing: { count: number; fate: Slot['fate'] },
): Rollout {
  const rollout: Rollout = { ...of, slots: [] };
  addSlots(rollout, of.at, desired, failing);
  return rollout;
}

export function addSlots(
  { slots }: Rollout,
  at: number,
  count: number,
  failing: { count: number; fate: Slot['fate'] },
): void {
  const first = slots.length;
  for (let index = first; index < first + count; index += 1) {
    const fate = index - first >= count - failing.count ? failing.fate : 'runs';
    slots.push({ born: at, dies: Number.POSITIVE_INFINITY, fate, index });
  }
}

/** A newer deployment takes over: these tasks are drained when the new ones run. */
export function replaceSlots({ slots }: Rollout, at: number): void {
  for (const slot of slots) {
    // What had not begun to run is given up at once.
    const ends = stateOf(slot, at) === 'running' ? at + START_MS + DRAIN_MS : at;
    slot.dies = Math.min(slot.dies, ends);
  }
}

/** Fewer tasks are wanted: the newest go. */
export function dropSlots({ slots }: Rollout, at: number, count: number): void {
  const wanted = slots.filter((slot) => slot.dies > at);
  for (const slot of wanted.slice(Math.max(0, wanted.length - count))) slot.dies = at + STOP_MS;
}
