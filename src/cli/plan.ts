import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Directory } from '../../mcp-server/contract/directory.ts';
import { callText } from '../assistant/call-text.ts';
import { accountNames } from '../assistant/place.ts';
import type { Planner } from '../assistant/ports.ts';
import { questionText } from '../assistant/questions.ts';
import { endOfFailure } from '../assistant/step.ts';
import { EMPTY_CONVERSATION, type Language, type Reading } from '../domain/reading.ts';
import { WORDS } from '../language/conversation.ts';
import { languageOf } from '../planner/language-of.ts';
import { type Tools, ToolsError } from '../tools/tools.ts';
import { configuredLanguage } from './configured-language.ts';
import type { ExitName } from './exit-codes.ts';
import { jsonLine } from './json-line.ts';
import type { Options } from './options.ts';
import type { Output } from './output.ts';
import type { CliParts } from './parts.ts';
import { readAll, whatWasSaid } from './said.ts';
import { UsageError } from './usage-error.ts';

/** One sentence to read, after what was said before it in the same conversation. */
const sentence = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  context: z.array(z.string()).default([]),
});
type Sentence = z.infer<typeof sentence>;

type Ground = { directory: Directory; now: Date; timeZone: string; accounts?: string[] };

/** Says what sentences would lead to, and runs nothing: `aiops plan`. */
export async function plan(
  words: readonly string[],
  batch: string | null,
  options: Options,
  parts: CliParts,
  output: Output,
): Promise<ExitName> {
  if (batch !== null && words.length > 0)
    throw new UsageError('give either a text or --batch FILE, not both');
  const tools = await parts.openTools(options);
  try {
    const [sentences, configured, planner] = await Promise.all([
      batch === null ? single(words, parts) : readBatch(batch, parts),
      configuredLanguage(options, parts.environment),
      parts.openPlanner(),
    ]);
    const ground = await groundOf(sentences, planner, tools, parts, output);
    let exit: ExitName = 'done';
    for (const one of sentences) {
      const began = performance.now();
      const reading = readOne(one, planner, ground);
      const ms = performance.now() - began;
      if (options.json || batch !== null) output.data(jsonLine(readingJson(one, reading, ms)));
      else for (const line of readingLines(reading, configured ?? languageOf(one.text))) output.data(line);
      if (batch === null) exit = exitOfReading(reading);
    }
    return exit;
  } finally {
    await tools.close();
  }
}

async function single(words: readonly string[], parts: CliParts): Promise<Sentence[]> {
  const { text } = await whatWasSaid(words, parts.streams);
  return [{ text, context: [] }];
}

async function readBatch(file: string, parts: CliParts): Promise<Sentence[]> {
  const text = file === '-' ? await readAll(parts.streams.stdin) : await fileText(file);
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), place: `${file}:${index + 1}` }))
    .filter(({ line }) => line !== '')
    .map(({ line, place }) => (line.startsWith('{') ? parsed(line, place) : { text: line, context: [] }));
}

async function fileText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function parsed(line: string, place: string): Sentence {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UsageError(`${place}: not JSON; each line is a text, or an object with "text"`);
  }
  const read = sentence.safeParse(value);
  if (read.success) return read.data;
  throw new UsageError(`${place}: ${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`);
}

/** The account is asked only for what the sentences need. */
async function groundOf(
  sentences: readonly Sentence[],
  planner: Planner,
  tools: Tools,
  parts: CliParts,
  output: Output,
): Promise<Ground> {
  const { timeZone } = parts;
  const nothing: Directory = { entries: [], complete: false };
  const needed = sentences.some(({ text, context }) => context.length > 0 || planner.needsDirectory(text));
  try {
    const [report, directory] = await Promise.all([tools.account(), needed ? tools.directory() : nothing]);
    return { directory, now: new Date(report.now), timeZone, accounts: accountNames(report) };
  } catch (error) {
    if (!(error instanceof ToolsError)) throw error;
    if (endOfFailure(error.failure) === 'misconfigured') throw new UsageError(error.message);
    output.note(`The account could not be read, so names are not known: ${error.message}`);
    return { directory: nothing, now: parts.now(), timeZone };
  }
}

function readOne({ text, context }: Sentence, planner: Planner, ground: Ground): Reading {
  let conversation = EMPTY_CONVERSATION;
  for (const said of context) ({ conversation } = planner.read(said, { ...ground, conversation }));
  return planner.read(text, { ...ground, conversation }).reading;
}

function readingJson({ id, text }: Sentence, reading: Reading, ms: number): Record<string, unknown> {
  const calls = 'calls' in reading ? reading.calls : [];
  return {
    ...(id === undefined ? {} : { id }),
    text,
    ...reading,
    calls: calls.map((call) => ({ tool: call.tool, arguments: call.arguments, risk: call.risk })),
    risk: calls.map((call) => call.risk),
    ms: Math.round(ms * 1_000) / 1_000,
  };
}

function readingLines(reading: Reading, language: Language): string[] {
  const { talk } = WORDS[language];
  const calls = 'calls' in reading ? reading.calls : [];
  const lines = calls.map((call) => `${call.risk.padEnd(12)}${callText(call.tool, call.arguments)}`);
  switch (reading.outcome) {
    case 'calls':
      return lines;
    case 'question':
      return [...lines, ...questionText(reading.question, talk).split('\n')];
    case 'none':
      return [talk.none(reading.reason)];
    case 'refusal':
      return [talk.refusal(reading.reason, reading.action, reading.most ?? 0)];
  }
}

function exitOfReading(reading: Reading): ExitName {
  switch (reading.outcome) {
    case 'calls':
    case 'none':
      return 'done';
    case 'question':
      return 'question';
    case 'refusal':
      return 'refused';
  }
}
