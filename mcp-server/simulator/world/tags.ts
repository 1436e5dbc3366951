import type { JournalEntry } from './journal.ts';
import type { World } from './world.ts';

export type Tags = Readonly<Record<string, string>>;

type TagChange = { set: Tags; removed: readonly string[] };

/** A resource's tags after the changes of the run; `declared`: those the file gives it. */
export function tagsAfter(world: World, arn: string, declared: Tags = {}): Tags {
  return withTagChanges(declared, world.derive(changesOfWorld).get(arn) ?? []);
}

/** True for a resource whose tags the run has changed: AWS remembers it when they are all gone. */
export function wasTagged(world: World, arn: string): boolean {
  return world.derive(changesOfWorld).has(arn);
}

export function withTagChanges(declared: Tags, changes: readonly TagChange[]): Tags {
  const tags = new Map(Object.entries(declared));
  for (const { set, removed } of changes) {
    for (const [key, value] of Object.entries(set)) tags.set(key, value);
    for (const key of removed) tags.delete(key);
  }
  return Object.fromEntries(tags);
}

function changesOfWorld({ journal }: World): Map<string, TagChange[]> {
  return tagChanges(journal);
}

/** By ARN, oldest first. */
export function tagChanges(journal: readonly JournalEntry[]): Map<string, TagChange[]> {
  const changes = new Map<string, TagChange[]>();
  for (const { effect } of journal) {
    if (effect.kind !== 'tag') continue;
    const { set, removed } = effect;
    for (const arn of effect.arns) changes.set(arn, [...(changes.get(arn) ?? []), { set, removed }]);
  }
  return changes;
}

/** As `arn:aws:ec2:eu-west-1:111122223333:instance/i-1`. */
export function simulatedInstanceArn(account: string, region: string, id: string): string {
  return `arn:aws:ec2:${region}:${account}:instance/${id}`;
}
