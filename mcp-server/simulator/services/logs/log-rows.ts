import type { World } from '../../world/world.ts';
import { eventRow, type Origin, type Row } from './insights/row.ts';
import { type LogGroup, linesOf } from './log-groups.ts';
import { pointerTo } from './pointers.ts';

/** Log events one after the other, newest first; `next` gives null when there are no more. */
export type RowSource = { next(): Row | null };

/**
 * The events of some groups from `from` to `to` (both inclusive, epoch milliseconds). Of events of one time the
 * later in its file is the newer.
 */
export function rowsOf(world: World, groups: readonly LogGroup[], from: number, to: number): RowSource {
  const cursors = groups.flatMap((group) =>
    group.streams.map((_, index) => cursorOf(world, group, index, from, to)),
  );
  const [only] = cursors;
  if (only !== undefined && cursors.length === 1) {
    return { next: () => (only.time() === Number.NEGATIVE_INFINITY ? null : only.take()) };
  }
  return {
    next: () => {
      let newest: Cursor | undefined;
      for (const cursor of cursors) {
        if (cursor.time() > (newest?.time() ?? Number.NEGATIVE_INFINITY)) newest = cursor;
      }
      return newest?.take() ?? null;
    },
  };
}

type Cursor = { /** Of the next event; -Infinity when there is none. */ time(): number; take(): Row | null };

const NO_LINES: Cursor = { time: () => Number.NEGATIVE_INFINITY, take: () => null };

function cursorOf(world: World, group: LogGroup, index: number, from: number, to: number): Cursor {
  const stream = group.streams[index];
  if (stream === undefined) return NO_LINES;
  const { firstFrom, timeOf, textOf } = linesOf(world, stream);
  const first = firstFrom(from);
  const origin: Origin = {
    stream: stream.name,
    log: `${world.file.account}:${group.name}`,
    pointerTo: (line) => pointerTo({ group: group.name, stream: index, line }),
  };
  let at = firstFrom(to + 1) - 1;
  return {
    time: () => (at >= first ? timeOf(at) : Number.NEGATIVE_INFINITY),
    take: () => {
      const line = at;
      at -= 1;
      return eventRow(timeOf(line), textOf(line), origin, line);
    },
  };
}
