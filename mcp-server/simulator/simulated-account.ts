import type { AccountFile } from './account-file.ts';
import { OPERATIONS } from './services/operations.ts';
import { type Answer, type AttachableClient, attach, delay, type Request } from './wire/attach.ts';
import type { Call } from './wire/operation.ts';
import { DEFAULT_REGIONS, unknownHost } from './wire/regions.ts';
import { NotSimulated, Refusal, serviceException, serviceName } from './wire/service-exception.ts';
import { createTrouble } from './wire/trouble.ts';
import { type AccountClock, createClock } from './world/account-clock.ts';
import { uuidOf } from './world/deterministic.ts';
import { idleFaultNotes } from './world/faults/idle.ts';
import { createMemoryJournal, type Journal, type JournalEntry } from './world/journal.ts';
import { openKeptJournal } from './world/kept-journal.ts';
import { createWorld, type World } from './world/world.ts';

export { NotSimulated } from './wire/service-exception.ts';

export type SimulatedAccountOptions = {
  file: AccountFile;
  /** The real clock; the account's own may start elsewhere. */
  clock: () => Date;
  /** The ARN of whoever calls. */
  identity?: string;
  /** Where the run starts, instead of the file's `clock` or the real clock. */
  startAt?: Date;
  /** Simulated seconds per real second; 1 unless given. */
  speed?: number;
  /** Keep the changes in this file, and go on from what is kept there. */
  keep?: { path: string };
};

type SimulatedAccount = {
  /** Makes a client's calls end here instead of at AWS. */
  attach(client: AttachableClient): void;
  /** The account's clock. */
  now(): Date;
  /** When the run began: what `+90s` in the file counts from. */
  readonly startedAt: Date;
  readonly identity: string;
  /** What a person should know of the file: what of it is not simulated. */
  notes(): string[];
  /** Lets go of the kept file, if there is one. */
  close(): void;
};

/**
 * An AWS account that answers the real SDK clients, made from an account file.
 *
 * @throws DocumentError when the kept changes cannot be read or belong to another account
 */
export function createSimulatedAccount(options: SimulatedAccountOptions): SimulatedAccount {
  const { file } = options;
  const identity = options.identity ?? `arn:aws:iam::${file.account}:user/operator`;
  const { journal, clock } = beginRun(options);
  // Time does not run back behind a change, whatever happens to the real clock.
  const timeIn = (entries: readonly JournalEntry[]) =>
    Math.max(clock.nowMs(), entries.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
  const answer = answering({ file, identity, journal, startMs: clock.startMs, timeIn });
  return {
    attach: (client) => attach(client, answer),
    now: () => new Date(timeIn(journal.entries())),
    startedAt: new Date(clock.startMs),
    identity,
    notes: () =>
      file.faults.length === 0 ? [] : idleFaultNotes(createWorld(file, clock.startMs, journal.entries())),
    close: () => journal.close(),
  };
}

type Run = {
  file: AccountFile;
  identity: string;
  journal: Journal;
  startMs: number;
  timeIn(entries: readonly JournalEntry[]): number;
};

/** Answers one call after the other, each by the state the account is in then. */
function answering(run: Run): (request: Request) => Promise<Answer> {
  const { file, identity, journal } = run;
  const meetTrouble = createTrouble(file.trouble);
  const worldOf = worlds(file, run.startMs);
  let requests = 0;
  return async ({ action, region, serviceId, input, signal }) => {
    const service = serviceName(serviceId);
    requests += 1;
    const requestId = uuidOf(`${run.startMs}/${requests}`);
    if (!file.regions.includes(region) && !(DEFAULT_REGIONS as readonly string[]).includes(region)) {
      throw unknownHost(service, region);
    }
    const trouble = meetTrouble({ service, action, region, account: file.account, identity });
    await delay(trouble.delayMs, signal);
    if (trouble.exception !== undefined) throw serviceException(serviceId, requestId, trouble.exception);
    const operation = OPERATIONS[service]?.[action];
    if (operation === undefined) throw new NotSimulated(service, action);
    const callIn = (world: World): Call => {
      const now = run.timeIn(world.journal);
      return { world, now, account: file.account, region, identity, partial: trouble.partial };
    };
    try {
      if (operation.kind === 'read') {
        return { output: operation.run(input, callIn(worldOf(journal.entries()))), requestId };
      }
      const output = journal.append((entries) => {
        const call = callIn(worldOf(entries));
        const { output: result, entry } = operation.run(input, call);
        const eventId = uuidOf(`${run.startMs}/${entries.length}/${action}/${call.now}`);
        return {
          output: result,
          entry: { at: call.now, region, by: identity, event: action, eventId, ...entry },
        };
      });
      return { output, requestId };
    } catch (error) {
      throw error instanceof Refusal ? serviceException(serviceId, requestId, error.details) : error;
    }
  };
}

/** Where the run starts, or how far the kept one has come. */
function beginRun(options: SimulatedAccountOptions): { journal: Journal; clock: AccountClock } {
  const { file, clock: real, startAt, keep, speed = 1 } = options;
  const anchorMs = real().getTime();
  const startMs = startAt?.getTime() ?? file.clock ?? anchorMs;
  if (keep === undefined) {
    return { journal: createMemoryJournal(), clock: createClock({ real, speed, startMs, anchorMs }) };
  }
  const { journal, run } = openKeptJournal(keep.path, { account: file.account, startMs, anchorMs });
  // A kept run goes on in real time; a start that was asked for only moves "now".
  const clock =
    startAt === undefined
      ? createClock({ real, speed, startMs: run.startMs, anchorMs: run.anchorMs })
      : createClock({ real, speed, startMs: run.startMs, anchorMs, nowAtAnchorMs: startMs });
  return { journal, clock };
}

/** The world of a journal, made once for each state the journal is in. */
function worlds(file: AccountFile, startMs: number): (entries: readonly JournalEntry[]) => World {
  let last: World | undefined;
  return (entries) => {
    if (last?.journal !== entries) last = createWorld(file, startMs, entries);
    return last;
  };
}
