import type { z } from 'zod';
import { nearestWord } from './nearest-word.ts';

/** A problem the schema found, before it has a place in the text. */
export type SchemaProblem = {
  path: readonly PropertyKey[];
  message: string;
  fix: string;
  /** True when the key itself is wrong, not the value behind it. */
  atKey: boolean;
};

type Issue = z.core.$ZodIssue;
type AnySchema = z.core.$ZodType;

/** Says in a person's words what a schema has against a value. */
export function schemaProblems(issues: readonly Issue[], schema: AnySchema, value: unknown): SchemaProblem[] {
  return issues.flatMap((issue) => explain(issue, [], schema, value));
}

function explain(
  issue: Issue,
  base: readonly PropertyKey[],
  schema: AnySchema,
  value: unknown,
): SchemaProblem[] {
  const path = [...base, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = schemasAt(schema, path).flatMap(keysOf);
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `unknown key "${key}".`,
        fix: suggestKey(key, known),
        atKey: true,
      }));
    }
    case 'invalid_type':
      return [typeProblem(issue, path, valueAt(value, path))];
    case 'invalid_value': {
      const given = valueAt(value, path);
      const close = typeof given === 'string' ? nearestWord(given, issue.values.map(String)) : undefined;
      const list = issue.values.map(String).join(', ');
      return [
        {
          path,
          message: `${show(given)} is not one of the values it can have.`,
          fix: close === undefined ? `Use one of: ${list}.` : `Did you mean "${close}"? (one of: ${list})`,
          atKey: false,
        },
      ];
    }
    case 'invalid_union':
      return explainUnion(issue, path, schema, value);
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((inner) => explain(inner, path, schema, value));
    default:
      return [{ path, message: sentence(issue.message), fix: '', atKey: false }];
  }
}

/** Of a value's several possible forms, speaks of the one it came closest to. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: readonly PropertyKey[],
  schema: AnySchema,
  value: unknown,
): SchemaProblem[] {
  const branches = issue.errors
    .filter((branch) => branch.length > 0)
    .sort((a, b) => misfit(a) - misfit(b) || a.length - b.length);
  const closest = branches[0];
  if (closest === undefined) return [{ path, message: sentence(issue.message), fix: '', atKey: false }];
  if (misfit(closest) > 0 && branches.length > 1) {
    const expected = [...new Set(branches.flat().map(expectation))].join(' or ');
    return [
      { path, message: `expected ${expected}, found ${show(valueAt(value, path))}.`, fix: '', atKey: false },
    ];
  }
  return closest.flatMap((inner) => explain(inner, path, schema, value));
}

/** 1 when the very value is of the wrong type, 0 when only something inside it is wrong. */
function misfit(branch: readonly Issue[]): number {
  return branch.some((inner) => inner.path.length === 0 && inner.code === 'invalid_type') ? 1 : 0;
}

function expectation(issue: Issue): string {
  return issue.code === 'invalid_type' ? typeName(issue.expected) : issue.message;
}

function typeProblem(
  issue: Extract<Issue, { code: 'invalid_type' }>,
  path: readonly PropertyKey[],
  given: unknown,
): SchemaProblem {
  const key = path.at(-1);
  if (given === undefined && typeof key === 'string') {
    return {
      path: path.slice(0, -1),
      message: `"${key}" is missing.`,
      fix: `Add "${key}" (${typeName(issue.expected)}).`,
      atKey: false,
    };
  }
  const quote = issue.expected === 'string' && ['number', 'boolean'].includes(typeof given);
  return {
    path,
    message: `expected ${typeName(issue.expected)}, found ${show(given)}.`,
    fix: quote ? `Put it in quotes: "${String(given)}".` : '',
    atKey: false,
  };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a set of keys',
  record: 'a set of keys',
};

function typeName(expected: string): string {
  return TYPE_NAMES[expected] ?? expected;
}

function suggestKey(key: string, known: readonly string[]): string {
  const close = nearestWord(key, known);
  if (close !== undefined) return `Did you mean "${close}"?`;
  return known.length === 0 ? 'Remove it.' : `Known keys here: ${known.join(', ')}.`;
}

function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a set of keys';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
}

function sentence(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<PropertyKey, unknown>)[key];
  }
  return here;
}

/** Every schema that may describe the value at a path: several, where the schema leaves a choice. */
function schemasAt(schema: AnySchema, path: readonly PropertyKey[]): AnySchema[] {
  let here = alternatives(schema);
  for (const key of path) here = here.flatMap((one) => child(one, key)).flatMap(alternatives);
  return here;
}

function alternatives(schema: AnySchema): AnySchema[] {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
    case 'catch':
      return alternatives(def.innerType);
    case 'pipe':
      return [...alternatives(def.in), ...alternatives(def.out)];
    case 'union':
      return def.options.flatMap(alternatives);
    case 'lazy':
      return alternatives(def.getter());
    default:
      return [schema];
  }
}

function child(schema: AnySchema, key: PropertyKey): AnySchema[] {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  switch (def.type) {
    case 'object': {
      const inner = def.shape[String(key)];
      return inner === undefined ? [] : [inner];
    }
    case 'array':
      return [def.element];
    case 'record':
      return [def.valueType];
    default:
      return [];
  }
}

function keysOf(schema: AnySchema): string[] {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  return def.type === 'object' ? Object.keys(def.shape) : [];
}
