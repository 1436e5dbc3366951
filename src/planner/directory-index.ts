import type { Directory, DirectoryEntry, ResourceKind } from '../../mcp-server/contract/directory.ts';
import { foldId, foldName } from './normalise.ts';

/** One tag of a selector: what a resource must carry. */
export type TagMatch = { key: string; value: string };

/** A directory made ready for reading: every way a resource can be named, looked up at once. */
export type DirectoryIndex = {
  directory: Directory;
  byName: ReadonlyMap<string, DirectoryEntry[]>;
  byId: ReadonlyMap<string, DirectoryEntry[]>;
  /** Words that names are made of (`web` of `web-1`). */
  byPart: ReadonlyMap<string, DirectoryEntry[]>;
  /** Tag values, folded, with the tags that carry them. */
  byTagValue: ReadonlyMap<string, TagMatch[]>;
  tagKeys: ReadonlySet<string>;
  namespaces: ReadonlySet<string>;
  /** Folded names by length, for close ones. */
  namesByLength: ReadonlyMap<number, string[]>;
  longestName: number;
  byKind: ReadonlyMap<ResourceKind, DirectoryEntry[]>;
};

const cache = new WeakMap<Directory, DirectoryIndex>();

/** The index of a directory, made once for each directory object. */
export function indexOf(directory: Directory): DirectoryIndex {
  const known = cache.get(directory);
  if (known !== undefined) return known;
  const made = build(directory);
  cache.set(directory, made);
  return made;
}

/** The words a name is made of: separators and digits part them. */
export function partsOf(name: string): string[] {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((part) => part.length > 1);
}

/** What a name is without its number or last letter: siblings share it (`web-1`, `web-2`; `kafka-a`). */
export function stemOf(name: string): string {
  return foldName(name.replace(/[-_. ]?(?:\d+|[-_. ][a-z])$/iu, ''));
}

function build(directory: Directory): DirectoryIndex {
  const byName = new Map<string, DirectoryEntry[]>();
  const byId = new Map<string, DirectoryEntry[]>();
  const byPart = new Map<string, DirectoryEntry[]>();
  const byTagValue = new Map<string, TagMatch[]>();
  const byKind = new Map<ResourceKind, DirectoryEntry[]>();
  const namesByLength = new Map<number, string[]>();
  const tagKeys = new Set<string>();
  const namespaces = new Set<string>();
  const seenTags = new Set<string>();
  let longestName = 0;
  for (const entry of directory.entries) {
    add(byKind, entry.kind, entry);
    const name = foldName(entry.name);
    if (name !== '') {
      if (!byName.has(name)) add(namesByLength, name.length, name);
      add(byName, name, entry);
      longestName = Math.max(longestName, name.length);
    }
    const ids = new Set([entry.id, entry.arn].filter((id) => id !== undefined).map(foldId));
    for (const id of ids) add(byId, id, entry);
    const idName = foldName(entry.id);
    if (idName !== name && idName !== '') add(byName, idName, entry);
    longestName = Math.max(longestName, idName.length);
    for (const part of new Set(partsOf(entry.name))) add(byPart, part, entry);
    if (entry.namespace !== undefined) namespaces.add(entry.namespace.toLowerCase());
    for (const [key, value] of Object.entries(entry.tags ?? {})) {
      tagKeys.add(key.toLowerCase());
      const folded = foldName(value);
      const once = `${key}\0${value}`;
      if (folded === '' || seenTags.has(once)) continue;
      seenTags.add(once);
      add(byTagValue, folded, { key, value });
    }
  }
  return {
    directory,
    byName,
    byId,
    byPart,
    byTagValue,
    tagKeys,
    namespaces,
    namesByLength,
    longestName,
    byKind,
  };
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
