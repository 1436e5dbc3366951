import type { Compiled } from './compile.ts';
import { globMatch } from './pattern.ts';
import { give, type Row } from './row.ts';
import type { Stage } from './sink.ts';
import type { ParsePattern, Value } from './syntax.ts';
import { compare, isTrue, textOf } from './values.ts';

export function filterStage({ of }: Compiled): Stage {
  return (next) => ({
    push: (row) => {
      if (isTrue(of(row))) next.push(row);
    },
    end: next.end,
  });
}

/** Gives rows the columns that the query works out. */
export function giveStage(columns: readonly (Compiled & { name: string })[]): Stage {
  return (next) => ({
    push: (row) => {
      for (const { name, of } of columns) give(row, name, of(row));
      next.push(row);
    },
    end: next.end,
  });
}

/** Takes fields out of a text. A row whose text has not that form goes on without them. */
export function parseStage({ of }: Compiled, pattern: ParsePattern): Stage {
  return (next) => ({
    push: (row) => {
      const said = textOf(of(row));
      const found = said === null ? null : partsOf(said, pattern);
      for (const [index, name] of pattern.names.entries()) {
        const part = found?.[index];
        if (part !== undefined) give(row, name, part);
      }
      next.push(row);
    },
    end: next.end,
  });
}

function partsOf(text: string, pattern: ParsePattern): readonly (string | undefined)[] | null {
  return pattern.kind === 'glob'
    ? globMatch(text, pattern.around)
    : (pattern.regex.exec(text)?.slice(1) ?? null);
}

type SortKey = { of(row: Row): Value; descending: boolean };

/** Rows that do not have what is sorted by come last. */
export function sortStage(keys: readonly SortKey[]): Stage {
  return (next) => {
    const rows: { row: Row; by: Value[] }[] = [];
    return {
      push: (row) => rows.push({ row, by: keys.map((key) => key.of(row)) }),
      end: () => {
        rows.sort((a, b) => order(keys, a.by, b.by));
        for (const { row } of rows) next.push(row);
        next.end();
      },
    };
  };
}

function order(keys: readonly SortKey[], a: readonly Value[], b: readonly Value[]): number {
  for (const [index, { descending }] of keys.entries()) {
    const left = a[index] ?? null;
    const right = b[index] ?? null;
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
      continue;
    }
    const difference = compare(left, right);
    if (difference !== 0) return descending ? -difference : difference;
  }
  return 0;
}

export function limitStage(most: number): Stage {
  return (next) => {
    let passed = 0;
    return {
      push: (row) => {
        if (passed >= most) return;
        passed += 1;
        next.push(row);
      },
      end: next.end,
    };
  };
}

/** The first row of each set of values; a row without one of them is never a double. */
export function dedupStage(by: readonly Compiled[]): Stage {
  return (next) => {
    const seen = new Set<string>();
    return {
      push: (row) => {
        const values = by.map((one) => one.of(row));
        const mark = JSON.stringify(values);
        if (seen.has(mark)) return;
        if (!values.includes(null)) seen.add(mark);
        next.push(row);
      },
      end: next.end,
    };
  };
}
