import {
  isMap,
  LineCounter,
  type Node,
  type Pair,
  parse,
  parseDocument as parseTree,
  YAMLParseError,
} from 'yaml';
import type { z } from 'zod';
import { DocumentError, type DocumentProblem } from './document-error.ts';
import { type SchemaProblem, schemaProblems } from './schema-problems.ts';

export { DocumentError, type DocumentProblem } from './document-error.ts';

/** A text, the file it came from and the way from a path in its data to a line. */
export type SourceText = { text: string; file: string };

/**
 * Reads a YAML (or JSON) text with a schema.
 *
 * Line positions cost as much as the reading itself, so they are worked out only when something is wrong.
 *
 * @param file what the messages call the text: the path as the person gave it
 * @throws DocumentError with every problem found, each with file, line and fix
 */
export function parseDocument<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
): z.output<Schema> {
  const source = { text, file };
  const value = readYaml(source);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw documentError(source, schemaProblems(result.error.issues, schema, value));
}

/** Turns problems known by their path in the data into a DocumentError that knows their lines. */
export function documentError(source: SourceText, problems: readonly SchemaProblem[]): DocumentError {
  const locate = locator(source.text);
  const placed = problems.map(
    (problem): DocumentProblem => ({
      ...locate(problem),
      path: showPath(problem.path),
      message: problem.message,
      fix: problem.fix,
    }),
  );
  return new DocumentError(source.file, placed);
}

function readYaml(source: SourceText): unknown {
  try {
    return parse(source.text, { logLevel: 'error' });
  } catch (error) {
    if (error instanceof YAMLParseError) throw yamlError(source);
    if (error instanceof ReferenceError || error instanceof RangeError) {
      const problem = { line: 0, column: 0, path: '', message: error.message, fix: 'Write the values out.' };
      throw new DocumentError(source.file, [problem]);
    }
    throw error;
  }
}

/** What people can do about the errors they make most. */
const YAML_FIXES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Keep one of them.',
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Check that the line is indented like those around it, and that every bracket is closed.',
  MISSING_CHAR: 'Check brackets, quotes and commas here and on the line before.',
  MULTIPLE_DOCS: 'Keep one document: remove the "---" line.',
};

function yamlError(source: SourceText): DocumentError {
  const lines = new LineCounter();
  const tree = parseTree(source.text, { lineCounter: lines, prettyErrors: false });
  const problems = tree.errors.map((error): DocumentProblem => {
    const { line, col } = lines.linePos(error.pos[0]);
    const message = error.code === 'DUPLICATE_KEY' ? 'the same key stands here twice.' : `${error.message}.`;
    return { line, column: col, path: '', message, fix: YAML_FIXES[error.code] ?? '' };
  });
  return new DocumentError(source.file, problems);
}

function locator(text: string): (problem: SchemaProblem) => { line: number; column: number } {
  const lines = new LineCounter();
  const tree = parseTree(text, { lineCounter: lines, logLevel: 'silent' });
  return ({ path, atKey }) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const start = startOf(tree.contents, path.slice(0, length), atKey && length === path.length);
      if (start === undefined) continue;
      const { line, col } = lines.linePos(start);
      return { line, column: col };
    }
    return { line: 1, column: 1 };
  };
}

function startOf(root: Node | null, path: readonly PropertyKey[], atKey: boolean): number | undefined {
  let here: unknown = root;
  for (const [index, key] of path.entries()) {
    const last = index === path.length - 1;
    if (isMap(here)) {
      const pair: Pair | undefined = here.items.find((item) => keyText(item.key) === String(key));
      if (pair === undefined) return undefined;
      // An empty value has no place of its own: its key stands for it.
      here = (last && atKey) || pair.value === null ? pair.key : pair.value;
    } else if (typeof here === 'object' && here !== null && 'items' in here && Array.isArray(here.items)) {
      here = here.items[Number(key)];
    } else {
      return undefined;
    }
  }
  const range = typeof here === 'object' && here !== null && 'range' in here ? here.range : undefined;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}

function keyText(key: unknown): string {
  return typeof key === 'object' && key !== null && 'value' in key ? String(key.value) : String(key);
}

function showPath(path: readonly PropertyKey[]): string {
  let shown = '';
  for (const key of path) {
    if (typeof key === 'number') shown += `[${key}]`;
    else shown += shown === '' ? String(key) : `.${String(key)}`;
  }
  return shown;
}
