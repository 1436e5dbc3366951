import type { AccountFile } from '../account-file.ts';
import type { InstanceEntry } from '../format/account.ts';
import { instanceRegion } from '../format/places.ts';
import { momentMs } from '../format/times.ts';
import { type InstanceLife, type LifeEvent, playLife } from './instance-life.ts';
import type { JournalEntry } from './journal.ts';
import { simulatedInstanceArn, tagChanges, withTagChanges } from './tags.ts';

/** An instance and its course. What of it changes is asked of `life`. */
export type Instance = {
  id: string;
  name?: string;
  region: string;
  az: string;
  tags: Readonly<Record<string, string>>;
  entry?: InstanceEntry;
  life: InstanceLife;
};

/**
 * The account as a function of time: the file, the moment the run started, and every change made since.
 * A world never changes; a change makes another one. All that is derived is worked out once a world.
 */
export type World = {
  readonly file: AccountFile;
  /** Epoch milliseconds. */
  readonly startMs: number;
  readonly journal: readonly JournalEntry[];
  /** By id, in the order of the file and then of their launch. */
  readonly instances: ReadonlyMap<string, Instance>;
  /** Works something out once for this world. The key is the function itself. */
  derive<T>(compute: (world: World) => T): T;
};

export function createWorld(file: AccountFile, startMs: number, journal: readonly JournalEntry[]): World {
  const derived = new Map<unknown, unknown>();
  const world: World = {
    file,
    startMs,
    journal,
    instances: buildInstances(file, startMs, journal),
    derive<T>(compute: (world: World) => T): T {
      if (!derived.has(compute)) derived.set(compute, compute(world));
      return derived.get(compute) as T;
    },
  };
  return world;
}

function buildInstances(
  file: AccountFile,
  startMs: number,
  journal: readonly JournalEntry[],
): ReadonlyMap<string, Instance> {
  const events = lifeEvents(file, startMs, journal);
  const instances = new Map<string, Instance>();
  for (const entry of file.ec2) {
    const region = instanceRegion(entry, file.regions);
    const birth = { at: Number.NEGATIVE_INFINITY, state: entry.state, type: entry.type };
    instances.set(entry.id, {
      id: entry.id,
      ...(entry.name !== undefined && { name: entry.name }),
      region,
      az: entry.az ?? `${region}a`,
      tags: entry.tags ?? {},
      entry,
      life: playLife(birth, startMs, events.get(entry.id) ?? []),
    });
  }
  for (const { at, region, effect } of journal) {
    if (effect.kind !== 'set_desired') continue;
    for (const launched of effect.launched) {
      const birth = { at, state: 'pending' as const, type: launched.type };
      instances.set(launched.id, {
        id: launched.id,
        ...(launched.name !== undefined && { name: launched.name }),
        region,
        az: launched.az,
        tags: launched.tags,
        life: playLife(birth, startMs, events.get(launched.id) ?? []),
      });
    }
  }
  return retagged(instances, file.account, journal);
}

/** With the tags that were set and removed since; the name of an instance is its `Name` tag. */
function retagged(
  instances: Map<string, Instance>,
  account: string,
  journal: readonly JournalEntry[],
): Map<string, Instance> {
  const changes = tagChanges(journal);
  if (changes.size === 0) return instances;
  for (const [id, one] of instances) {
    const own = changes.get(simulatedInstanceArn(account, one.region, id));
    if (own === undefined) continue;
    const { name: before, ...rest } = one;
    const named = before === undefined ? one.tags : { ...one.tags, Name: before };
    const { Name: name, ...tags } = withTagChanges(named, own);
    instances.set(id, { ...rest, ...(name === undefined ? {} : { name }), tags });
  }
  return instances;
}

/** What happens to each instance: calls, and the faults that act on an instance's state. */
function lifeEvents(
  file: AccountFile,
  startMs: number,
  journal: readonly JournalEntry[],
): Map<string, LifeEvent[]> {
  const events = new Map<string, LifeEvent[]>();
  const add = (id: string, event: LifeEvent) => {
    const known = events.get(id);
    if (known === undefined) events.set(id, [event]);
    else known.push(event);
  };
  for (const { at, effect } of journal) {
    switch (effect.kind) {
      case 'start':
      case 'stop':
      case 'reboot':
      case 'terminate':
        for (const id of effect.instances) add(id, { at, kind: effect.kind });
        break;
      case 'resize':
        add(effect.instance, { at, kind: 'resize', type: effect.type });
        break;
      case 'set_desired':
        for (const id of effect.terminated) add(id, { at, kind: 'scale_in' });
        break;
      case 'grow_volume':
      case 'tag':
      case 'publish_event':
      case 'configure_function':
      case 'reserve_concurrency':
      case 'publish_version':
      case 'move_alias':
        break;
    }
  }
  for (const fault of file.faults) {
    if (fault.kind !== 'instance_stopped') continue;
    const entry = file.ec2.find((one) => one.id === fault.on || one.name === fault.on);
    if (entry !== undefined) add(entry.id, { at: momentMs(fault.at, startMs), kind: 'shut_down_inside' });
  }
  return events;
}

/** The instance that an id or a name in the file means. */
export function findInstance(world: World, reference: string): Instance | undefined {
  return world.instances.get(reference) ?? world.derive(instancesByName).get(reference);
}

function instancesByName(world: World): Map<string, Instance> {
  const byName = new Map<string, Instance>();
  for (const one of world.instances.values()) {
    if (one.name !== undefined && !byName.has(one.name)) byName.set(one.name, one);
  }
  return byName;
}

/** Every instance of a region. */
export function instancesIn(world: World, region: string): readonly Instance[] {
  return world.derive(instancesByRegion).get(region) ?? [];
}

function instancesByRegion(world: World): Map<string, Instance[]> {
  const byRegion = new Map<string, Instance[]>();
  for (const one of world.instances.values()) {
    const known = byRegion.get(one.region);
    if (known === undefined) byRegion.set(one.region, [one]);
    else known.push(one);
  }
  return byRegion;
}
