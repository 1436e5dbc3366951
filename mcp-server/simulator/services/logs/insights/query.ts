import { type Compiled, compile, type Scope } from './compile.ts';
import { parseQuery } from './parser.ts';
import { pointerOf, type Row } from './row.ts';
import type { Sink, Stage } from './sink.ts';
import { dedupStage, filterStage, giveStage, limitStage, parseStage, sortStage } from './stages.ts';
import { statsStage } from './stats.ts';
import type { Command, Named } from './syntax.ts';
import { textOf, timeText } from './values.ts';

/** A column of the result. */
type Shown = Compiled & { name: string };

/** A query made ready to take events, newest first. */
export type Query = { begin(): Execution };

export type Execution = {
  push(row: Row): void;
  /** The rows found so far; after this no more events are taken. */
  end(): ResultRow[];
  /** Events that passed the filters in front of the first command that looks at more than one row. */
  matched(): number;
};
export type ResultRow = { field: string; value: string }[];

/** Columns when the query names none. */
const USUAL = ['@timestamp', '@message'];

/**
 * Reads and checks a query.
 *
 * @param now epoch milliseconds
 * @param most rows of the result when the query does not say
 * @throws MalformedQuery
 */
export function prepareQuery(text: string, now: number, most: number): Query {
  const plan = planOf(parseQuery(text), now);
  return { begin: () => execution(plan, plan.limited ? Number.POSITIVE_INFINITY : most) };
}

type Plan = {
  stages: Stage[];
  /** How many of the stages look at one row at a time before the first that does not. */
  rowwise: number;
  shown: Shown[];
  /** False once rows stand for groups: these have no pointer. */
  events: boolean;
  limited: boolean;
};

function planOf(commands: readonly Command[], now: number): Plan {
  const made = new Map<string, { time: boolean }>();
  const scope: Scope = { now, made };
  const plan: Plan = { stages: [], rowwise: 0, shown: [], events: true, limited: false };
  let displayed: Shown[] | null = null;
  let plainSoFar = true;
  const column = ({ expression, name }: Named): Shown => ({ name, ...compile(expression, scope) });
  const worked = (columns: readonly Shown[], items: readonly Named[]) => {
    const own = columns.filter((_, index) => isWorkedOut(items[index]));
    if (own.length > 0) plan.stages.push(giveStage(own));
    for (const { name, time } of own) made.set(name, { time });
  };
  const shownAs = ({ name, time }: Shown): Shown => ({
    ...compile({ kind: 'field', name }, scope),
    name,
    time,
  });

  for (const command of commands) {
    if (!isRowwise(command)) plainSoFar = false;
    switch (command.kind) {
      case 'fields':
      case 'display': {
        const columns = command.items.map(column);
        worked(columns, command.items);
        const shown = columns.map(shownAs);
        if (command.kind === 'display') displayed = shown;
        else plan.shown.push(...shown);
        break;
      }
      case 'filter':
        plan.stages.push(filterStage(compile(command.condition, scope)));
        break;
      case 'parse':
        plan.stages.push(parseStage(compile(command.of, scope), command.pattern));
        for (const name of command.pattern.names) made.set(name, { time: false });
        break;
      case 'stats': {
        const { stage, columns } = statsStage(command, scope);
        plan.stages.push(stage);
        made.clear();
        for (const { name, time } of columns) made.set(name, { time });
        plan.shown = columns.map(shownAs);
        plan.events = false;
        break;
      }
      case 'sort':
        plan.stages.push(
          sortStage(command.keys.map((key) => ({ ...key, of: compile(key.expression, scope).of }))),
        );
        break;
      case 'limit':
        plan.stages.push(limitStage(command.count));
        plan.limited = true;
        break;
      case 'dedup':
        plan.stages.push(dedupStage(command.by.map(column)));
        break;
    }
    if (plainSoFar) plan.rowwise = plan.stages.length;
  }
  plan.shown = displayed ?? plan.shown;
  if (plan.shown.length === 0) {
    plan.shown = USUAL.map((name) => ({ name, ...compile({ kind: 'field', name }, scope) }));
  }
  return plan;
}

/** True when an item is more than a field under its own name. */
function isWorkedOut(item: Named | undefined): boolean {
  return item !== undefined && !(item.expression.kind === 'field' && item.expression.name === item.name);
}

function isRowwise({ kind }: Command): boolean {
  return kind === 'fields' || kind === 'display' || kind === 'filter' || kind === 'parse';
}

function execution(plan: Plan, most: number): Execution {
  const found: ResultRow[] = [];
  const collected: Sink = {
    push: (row) => {
      if (found.length < most) found.push(resultRow(row, plan));
    },
    end: () => {},
  };
  let matched = 0;
  const counted = (next: Sink): Sink => ({
    push: (row) => {
      matched += 1;
      next.push(row);
    },
    end: next.end,
  });
  const stages = plan.stages.toSpliced(plan.rowwise, 0, counted);
  const first = stages.reduceRight<Sink>((next, stage) => stage(next), collected);
  return {
    push: first.push,
    end: () => {
      first.end();
      return found;
    },
    matched: () => matched,
  };
}

/** A field that a row does not have is left out. */
function resultRow(row: Row, { shown, events }: Plan): ResultRow {
  const fields = shown.flatMap(({ name, of, time }) => {
    const value = of(row);
    const said = time && typeof value === 'number' ? timeText(value) : textOf(value);
    return said === null ? [] : [{ field: name, value: said }];
  });
  const pointer = events && !fields.some(({ field }) => field === '@ptr') ? pointerOf(row) : null;
  return pointer === null ? fields : [...fields, { field: '@ptr', value: pointer }];
}
