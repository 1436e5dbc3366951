import type { INSTANCE_STATES } from '../format/compute.ts';

export type InstanceState = (typeof INSTANCE_STATES)[number];

/** Why an instance is in its state, as DescribeInstances words it. */
type StateCause = { code: string; message: string; transition: string };

export type Phase = { /** Epoch ms, inclusive. */ from: number; state: InstanceState; cause?: StateCause };

/** What happens to an instance, in order of time. */
export type LifeEvent =
  | { at: number; kind: 'start' | 'stop' | 'reboot' | 'terminate' | 'scale_in' | 'shut_down_inside' }
  | { at: number; kind: 'resize'; type: string };

/** The whole course of an instance, including what is bound to come. */
export type InstanceLife = {
  /** Ascending; before the first one the instance does not exist. */
  phases: Phase[];
  types: { from: number; type: string }[];
  /** When it was told to start, and when it was rebooted, in so far as that had an effect. */
  starts: number[];
  reboots: number[];
};

/** How long AWS takes over a change of state, in milliseconds. */
const TRANSITION_MS = {
  pending: 20_000,
  stopping: 30_000,
  'shutting-down': 30_000,
  /** An instance that shuts itself down takes no more than its own time. */
  shutDownInside: 10_000,
} as const;

/** A terminated instance is still listed for an hour. */
const TERMINATED_SHOWN_MS = 3_600_000;

const SETTLED: Readonly<Record<InstanceState, { state: InstanceState; afterMs: number } | undefined>> = {
  pending: { state: 'running', afterMs: TRANSITION_MS.pending },
  running: undefined,
  stopping: { state: 'stopped', afterMs: TRANSITION_MS.stopping },
  stopped: undefined,
  'shutting-down': { state: 'terminated', afterMs: TRANSITION_MS['shutting-down'] },
  terminated: undefined,
};

/** The states an instance can be started, stopped, rebooted or resized in; AWS refuses the others. */
export const ALLOWED_STATES = {
  start: ['stopped', 'pending', 'running'],
  stop: ['pending', 'running', 'stopping', 'stopped'],
  reboot: ['pending', 'running'],
  resize: ['stopped'],
} as const satisfies Record<string, readonly InstanceState[]>;

type Birth = { at: number; state: InstanceState; type: string };

/** Plays the events out. Those that come when they can have no effect have none. */
export function playLife(birth: Birth, startMs: number, events: readonly LifeEvent[]): InstanceLife {
  const life: InstanceLife = {
    phases: [{ from: birth.at, state: birth.state }],
    types: [{ from: birth.at, type: birth.type }],
    starts: Number.isFinite(birth.at) ? [birth.at] : [],
    reboots: [],
  };
  const settled = SETTLED[birth.state];
  if (settled !== undefined) {
    life.phases.push({ from: Math.max(birth.at, startMs) + settled.afterMs, state: settled.state });
  }
  for (const event of [...events].sort((a, b) => a.at - b.at)) play(life, event);
  return life;
}

function play(life: InstanceLife, event: LifeEvent): void {
  const state = stateAt(life, event.at);
  if (state === undefined || state === 'terminated' || state === 'shutting-down') return;
  switch (event.kind) {
    case 'start':
      if (state !== 'stopped') return;
      life.starts.push(event.at);
      pass(life, event.at, 'pending', TRANSITION_MS.pending);
      return;
    case 'stop':
      if (state !== 'running' && state !== 'pending') return;
      pass(life, event.at, 'stopping', TRANSITION_MS.stopping, userInitiated(event.at));
      return;
    case 'shut_down_inside':
      if (state !== 'running') return;
      pass(life, event.at, 'stopping', TRANSITION_MS.shutDownInside, INSTANCE_INITIATED);
      return;
    case 'terminate':
      pass(life, event.at, 'shutting-down', TRANSITION_MS['shutting-down'], userInitiated(event.at));
      return;
    case 'scale_in':
      pass(life, event.at, 'shutting-down', TRANSITION_MS['shutting-down'], serviceInitiated(event.at));
      return;
    case 'reboot':
      if (state === 'running' || state === 'pending') life.reboots.push(event.at);
      return;
    case 'resize':
      if (state === 'stopped') life.types.push({ from: event.at, type: event.type });
      return;
  }
}

type Transient = 'pending' | 'stopping' | 'shutting-down';

function pass(life: InstanceLife, at: number, state: Transient, ms: number, cause?: StateCause): void {
  // What was bound to come no longer does: an instance told to stop while pending never runs.
  while ((life.phases.at(-1)?.from ?? at) > at) life.phases.pop();
  const next = SETTLED[state]?.state ?? state;
  life.phases.push({ from: at, state, ...(cause && { cause }) });
  life.phases.push({ from: at + ms, state: next, ...(cause && next !== 'running' && { cause }) });
}

/** AWS writes the time into the reason, in this form. */
function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} GMT`;
}

function userInitiated(at: number): StateCause {
  return {
    code: 'Client.UserInitiatedShutdown',
    message: 'Client.UserInitiatedShutdown: User initiated shutdown',
    transition: `User initiated (${stamp(at)})`,
  };
}

function serviceInitiated(at: number): StateCause {
  return { ...userInitiated(at), transition: `Service initiated (${stamp(at)})` };
}

const INSTANCE_INITIATED: StateCause = {
  code: 'Client.InstanceInitiatedShutdown',
  message: 'Client.InstanceInitiatedShutdown: Instance initiated shutdown',
  transition: '',
};

/** The phase an instance is in at a time; undefined before it exists. */
export function phaseAt(life: InstanceLife, at: number): Phase | undefined {
  for (let index = life.phases.length - 1; index >= 0; index -= 1) {
    const phase = life.phases[index];
    if (phase !== undefined && phase.from <= at) return phase;
  }
  return undefined;
}

export function stateAt(life: InstanceLife, at: number): InstanceState | undefined {
  return phaseAt(life, at)?.state;
}

export function typeAt(life: InstanceLife, at: number): string {
  return life.types.findLast((one) => one.from <= at)?.type ?? life.types[0]?.type ?? '';
}

/** Whether AWS still lists the instance at all. */
export function isListed(life: InstanceLife, at: number): boolean {
  const phase = phaseAt(life, at);
  return phase !== undefined && (phase.state !== 'terminated' || at < phase.from + TERMINATED_SHOWN_MS);
}
