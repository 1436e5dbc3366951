import { hash32, hexOf, unit, uuidOf } from '../deterministic.ts';
import type { Reference } from '../references.ts';
import type { World } from '../world.ts';

/** What a log line can be made of: its time, whose it is, and details that differ from line to line. */
export type Say = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly resource: Reference;
  /** For what the line must have right: a limit, a version. */
  readonly world: World;
  /** `2026-11-20T10:01:03.123Z`. */
  readonly iso: string;
  /** `Nov 20 10:01:03 web-1 app[2213]:`, as syslog begins a line. */
  syslog(process: string): string;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** Hexadecimal digits. */
  hex(digits: number): string;
  uuid(): string;
  /** A private address. */
  address(): string;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The details of the line with this number of a voice: all come from `seed` and the number. */
export function sayer(seed: number, line: number, at: number, resource: Reference, world: World): Say {
  let drawn = 0;
  const next = () => {
    drawn += 1;
    return unit(seed ^ Math.imul(line + 1, 0x27d4eb2f), drawn);
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const text = () => `${seed}/${line}/${between(0, 0xffffff)}`;
  return {
    at,
    resource,
    world,
    iso: new Date(at).toISOString(),
    syslog: (process) => {
      const time = new Date(at).toISOString();
      const day = String(new Date(at).getUTCDate()).padStart(2, ' ');
      // A process keeps its number for as long as it runs; the kernel has none.
      const pid = process === 'kernel' ? '' : `[${600 + (hash32(`${resource.id}/${process}`) % 31_000)}]`;
      return `${MONTHS[new Date(at).getUTCMonth()]} ${day} ${time.slice(11, 19)} ${resource.name} ${process}${pid}:`;
    },
    between,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    hex: (digits) => hexOf(text(), digits),
    uuid: () => uuidOf(text()),
    address: () => `10.0.${between(0, 63)}.${between(4, 250)}`,
  };
}
