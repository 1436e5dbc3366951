import { z } from 'zod';
import { CATALOGUE, isToolName } from '../../mcp-server/contract/catalogue.ts';
import type { PlannedCall } from '../domain/reading.ts';

/** Text that tools brought in from outside, as far as it is remembered: newest last. */
export type OutsideText = {
  add(tool: string, data: Record<string, unknown>): void;
  has(value: string): boolean;
};

const KEPT_CHARACTERS = 2_000_000;
/** A shorter value would be found in any text by chance. */
const SHORTEST = 3;

export function createOutsideText(): OutsideText {
  const kept: string[] = [];
  return {
    add: (tool, data) => {
      if (!isToolName(tool)) return;
      const found: string[] = [];
      collect(CATALOGUE[tool].output, data, found);
      kept.push(...found.map(folded));
      let size = kept.reduce((sum, text) => sum + text.length, 0);
      while (size > KEPT_CHARACTERS) size -= kept.shift()?.length ?? size;
    },
    has: (value) => kept.some((text) => text.includes(folded(value))),
  };
}

/** The values of a change that stand in outside text and in nothing the person typed: `argument`, `value`. */
export function onlyFromOutside(
  call: Pick<PlannedCall, 'arguments'>,
  outside: OutsideText,
  typed: readonly string[],
): { argument: string; value: string }[] {
  const own = typed.map(folded);
  return Object.entries(call.arguments).flatMap(([argument, value]) =>
    leaves(value)
      .filter((leaf) => leaf.length >= SHORTEST)
      .filter((leaf) => outside.has(leaf) && !own.some((text) => text.includes(folded(leaf))))
      .map((leaf) => ({ argument, value: leaf })),
  );
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
  return [];
}

/** Walks data beside its schema and takes what the contract marks `x-untrusted`. */
function collect(schema: unknown, data: unknown, found: string[]): void {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    collect(schema.unwrap(), data, found);
    return;
  }
  if (schema instanceof z.ZodArray && Array.isArray(data)) {
    for (const item of data) collect(schema.element, item, found);
    return;
  }
  if (typeof data === 'object' && data !== null) {
    if (schema instanceof z.ZodObject) {
      for (const [key, member] of Object.entries(schema.shape))
        if (key in data) collect(member, data[key as keyof typeof data], found);
    }
    if (schema instanceof z.ZodRecord)
      for (const member of Object.values(data)) collect(schema.valueType, member, found);
    return;
  }
  if (typeof data === 'string' && schema instanceof z.ZodType && schema.meta()?.['x-untrusted'] === true)
    found.push(data);
}
