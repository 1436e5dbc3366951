import { type Accumulator, AGGREGATES } from './aggregates.ts';
import { type Compiled, checkCount, compile, type Scope } from './compile.ts';
import { MalformedQuery } from './malformed.ts';
import { give, groupRow, type Row } from './row.ts';
import type { Sink, Stage } from './sink.ts';
import type { Command, Expression, Named, Value } from './syntax.ts';

type Column = Compiled & { name: string };
/** One aggregate call: what makes an accumulator, and what is fed to it. */
type Slot = { start(): Accumulator; argument(row: Row): Value };
type Group = { keys: Value[]; accumulators: Accumulator[] };

/** Where the result of an aggregate stands in a group's row while its expression is worked out. */
const slotName = (index: number) => `\u0000${index}`;

/** `stats`: rows in, one row a group out, in the order the groups were first met. */
export function statsStage(
  { aggregates, by }: Extract<Command, { kind: 'stats' }>,
  scope: Scope,
): { stage: Stage; columns: Column[] } {
  const slots: Slot[] = [];
  const aggregate = (call: Extract<Expression, { kind: 'call' }>): Compiled => {
    const { slot, time } = slotOf(call, scope);
    const name = slotName(slots.push(slot) - 1);
    return { of: (row) => row.own?.get(name) ?? null, time };
  };
  const keys = by.map((one): Column => ({ name: one.name, ...compile(one.expression, scope) }));
  const results = aggregates.map((one): Column => {
    const before = slots.length;
    const compiled = compile(one.expression, { ...scope, made: new Map(), aggregate });
    if (slots.length === before) throw needsAggregate(one);
    return { name: one.name, ...compiled };
  });
  return {
    stage: (next) => grouping(next, keys, slots, results),
    columns: [...keys, ...results],
  };
}

function needsAggregate({ name }: Named): MalformedQuery {
  return new MalformedQuery(`stats needs an aggregation function, found ${name}`, 0, 0);
}

function slotOf(call: Extract<Expression, { kind: 'call' }>, scope: Scope): { slot: Slot; time: boolean } {
  const known = AGGREGATES[call.name];
  if (known === undefined)
    throw new MalformedQuery(`Invalid function name: ${call.name}`, call.start, call.end);
  checkCount(call, known.takes);
  const [first, second] = call.args;
  const argument = first === undefined ? null : compile(first, scope);
  const parameter = second?.kind === 'literal' && typeof second.value === 'number' ? second.value : undefined;
  if (second !== undefined && !(parameter !== undefined && parameter >= 0 && parameter <= 100)) {
    throw new MalformedQuery(
      `The function ${call.name} needs a percentage of 0 to 100`,
      call.start,
      call.end,
    );
  }
  return {
    slot: { start: () => known.start(parameter ?? 0), argument: argument?.of ?? (() => true) },
    time: known.keepsKind === true && argument?.time === true,
  };
}

function grouping(next: Sink, keys: Column[], slots: Slot[], results: Column[]): Sink {
  const groups = new Map<Value, Group>();
  const [onlyKey] = keys;
  let last: Group | undefined;
  let lastMark: Value = null;
  const groupOf = (row: Row): Group => {
    const values = keys.length === 1 && onlyKey ? null : keys.map((key) => key.of(row));
    // One key is its own mark; several are told apart by their JSON.
    const mark = values === null ? (onlyKey?.of(row) ?? null) : JSON.stringify(values);
    // Neighbours in time are mostly of one group.
    if (last !== undefined && mark === lastMark) return last;
    let group = groups.get(mark);
    if (group === undefined) {
      group = { keys: values ?? [mark], accumulators: slots.map((slot) => slot.start()) };
      groups.set(mark, group);
    }
    last = group;
    lastMark = mark;
    return group;
  };
  return {
    push: (row) => {
      const { accumulators } = groupOf(row);
      for (let index = 0; index < slots.length; index += 1) {
        accumulators[index]?.add(slots[index]?.argument(row) ?? null, row.time);
      }
    },
    end: () => {
      for (const group of groups.values()) next.push(rowOf(group, keys, results));
      next.end();
    },
  };
}

function rowOf({ keys: values, accumulators }: Group, keys: Column[], results: Column[]): Row {
  const worked = groupRow(new Map(accumulators.map((one, index) => [slotName(index), one.result()])));
  const row = groupRow(new Map());
  for (const [index, key] of keys.entries()) give(row, key.name, values[index] ?? null);
  for (const result of results) give(row, result.name, result.of(worked));
  return row;
}
