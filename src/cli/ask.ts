import type { EngineEvent } from '../domain/events.ts';
import { languageOf } from '../planner/language-of.ts';
import { configuredLanguage } from './configured-language.ts';
import { type ExitName, exitOfTurn } from './exit-codes.ts';
import { jsonLine } from './json-line.ts';
import type { Options } from './options.ts';
import type { Output } from './output.ts';
import type { CliParts } from './parts.ts';
import { createTurnPrinter } from './print-turn.ts';
import { whatWasSaid } from './said.ts';
import { createTurnRecord, recordJson } from './turn-record.ts';
import { UsageError } from './usage-error.ts';

/** One sentence, one turn: `aiops ask`. */
export async function ask(
  words: readonly string[],
  options: Options,
  parts: CliParts,
  output: Output,
): Promise<ExitName> {
  await checkApprovals(options);
  const [{ text, provenance }, configured, answerer] = await Promise.all([
    whatWasSaid(words, parts.streams),
    configuredLanguage(options, parts.environment),
    parts.openAnswerer(options),
  ]);
  const language = configured ?? languageOf(text);
  const engine = await parts.openEngine({
    options,
    language,
    answerable: answerer.answerable,
    watchAlarms: false,
  });
  const { record, take } = createTurnRecord(language);
  const print = options.json ? () => {} : createTurnPrinter(output, language, answerer.dialog, parts.now);
  const ended = Promise.withResolvers<void>();
  const over = new AbortController();
  engine.subscribe((event: EngineEvent) => {
    take(event);
    print(event);
    if (event.type === 'approval_asked') {
      const { proposal, flagged } = event;
      answerer.ask({ proposal, flagged, offer: 'without_edit', language, signal: over.signal }).then(
        (decision) => engine.answer(event.call, decision),
        (error: unknown) => {
          output.note(error instanceof Error ? error.message : String(error));
          engine.answer(event.call, { decision: 'decline', reason: 'the terminal could not be used' });
        },
      );
    }
    if (event.type !== 'turn_ended') return;
    // A question that is still on the screen is over with its turn.
    over.abort();
    ended.resolve();
  });
  const stopListening = parts.onInterrupt(() => engine.interrupt());
  engine.submit(text, provenance);
  await ended.promise;
  stopListening();
  if (options.json) output.data(jsonLine(recordJson(record)));
  await engine.close();
  return record.outcome ? exitOfTurn(record.outcome) : 'failed';
}

/** An approval for a tool that does not exist would wait for something that never comes. */
async function checkApprovals({ approve }: Options): Promise<void> {
  if (approve.length === 0) return;
  const { isToolName } = await import('../../mcp-server/contract/catalogue.ts');
  for (const { tool } of approve)
    if (!isToolName(tool)) throw new UsageError(`--approve: there is no tool "${tool}"`);
}
