import { type CallFacts, callFacts } from '../../../mcp-server/contract/call.ts';
import { coverage } from '../../../mcp-server/contract/coverage.ts';
import type { Failure } from '../../../mcp-server/contract/failure.ts';
import type { Risk } from '../../../mcp-server/contract/risk.ts';
import type { CallState, CallView } from '../../domain/events.ts';
import type { PlannedCall } from '../../domain/reading.ts';
import type { TerminalWords } from '../../language/words.ts';
import { wrap, wrapLine } from '../text/cells.ts';
import { elapsed } from '../text/durations.ts';
import { indented, type Line, type Span, span } from '../text/lines.ts';
import { argumentText } from './arguments.ts';
import { gapLines } from './coverage-view.ts';
import { resultLines } from './results/result-view.ts';
import { narrowed, type ViewContext } from './view-context.ts';

const INDENT = 2;
/** Rows that CLI lines take before the rest is counted: they are not to push off the screen what was found. */
const CLI_ROWS = 6;

/** One call: what was called, how it stands, what it found, what could not be seen, how to do the same by hand. */
export function callLines({ call, state }: CallView, now: number, context: ViewContext): Line[] {
  if (context.screenReader) return spokenCall(call, state, context);
  const within = narrowed(context, INDENT);
  const args = argumentText(call.arguments);
  const parts = [span(call.tool, 'strong'), ...(args ? [span(args)] : []), ...headNote(state, now, context)];
  const spaced = parts.flatMap((part, index) => (index === 0 ? [part] : [span(' '), part]));
  const head = wrapLine(spaced, within.columns);
  return [...indented(head, INDENT, mark(state, now)), ...indented(body(call, state, within), INDENT)];
}

/** The same as sentences: what was called, what became of it, and the lines below. */
function spokenCall(call: PlannedCall, state: CallState, context: ViewContext): Line[] {
  const { words, columns } = context;
  const args = argumentText(call.arguments);
  const named = args ? `${call.tool} (${args})` : call.tool;
  return [...wrap(spokenHead(named, state, words), columns), ...body(call, state, context)];
}

function spokenHead(named: string, state: CallState, { spoken, card }: TerminalWords): string {
  switch (state.status) {
    case 'running':
      return spoken.running(named);
    case 'awaiting_approval':
      return spoken.ended(named, card.awaiting);
    case 'done':
      return `${spoken.done(named, elapsed(state.elapsedMs))}:`;
    case 'failed':
      return spoken.failed(named, state.failure.code);
    case 'declined':
      return spoken.ended(named, card.declined);
    case 'cancelled':
      return spoken.ended(named, card.cancelled);
  }
}

/** Eight frames a second: enough to see that something moves. */
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

export function spinner(now: number): string {
  return SPINNER[Math.floor(now / 125) % SPINNER.length] ?? '⠋';
}

function mark(state: CallState, now: number): Span {
  switch (state.status) {
    case 'running':
      return span(`${spinner(now)} `, 'accent');
    case 'awaiting_approval':
      return span('? ', 'warn');
    case 'done':
      return span('✓ ', 'good');
    case 'failed':
      return span('✗ ', 'bad');
    case 'declined':
    case 'cancelled':
      return span('– ', 'dim');
  }
}

function headNote(state: CallState, now: number, { words }: ViewContext): Span[] {
  switch (state.status) {
    case 'running': {
      const spent = now - state.startedAt;
      return spent >= 1_000 ? [span(`${Math.floor(spent / 1_000)} s`, 'dim')] : [];
    }
    case 'awaiting_approval':
      return [span(words.card.awaiting, 'warn')];
    case 'done':
      return [span(elapsed(state.elapsedMs), 'dim')];
    case 'failed':
      return [span(state.failure.code, 'bad'), span(elapsed(state.elapsedMs), 'dim')];
    case 'declined':
      return [span(words.card.declined, 'dim')];
    case 'cancelled':
      return [span(words.card.cancelled, 'dim')];
  }
}

function body(call: PlannedCall, state: CallState, context: ViewContext): Line[] {
  switch (state.status) {
    case 'done':
      return [...resultLines(call.tool, state.data, state.text, context), ...restsOn(state.data, context)];
    case 'failed':
      return failureLines(state.failure, call.risk, context);
    case 'declined':
      return state.reason ? wrap(state.reason, context.columns, 'dim') : [];
    case 'running':
    case 'awaiting_approval':
    case 'cancelled':
      return [];
  }
}

/** Coverage and the way it was carried out, of a result of any tool. */
function restsOn(data: Record<string, unknown>, context: ViewContext): Line[] {
  const seen = coverage.safeParse(data.coverage);
  const facts = callFacts.safeParse(data.call);
  return [
    ...(seen.success ? gapLines(seen.data.gaps, context) : []),
    ...(facts.success ? factLines(facts.data, context) : []),
  ];
}

function factLines(facts: CallFacts, context: ViewContext): Line[] {
  const { words, columns } = context;
  const cli = cliLines(facts.cli, context);
  const counts = [
    words.card.awsCalls(facts.aws_calls),
    facts.retries > 0 ? words.card.retries(facts.retries) : '',
    facts.regions.join(', '),
  ];
  return [
    ...cli,
    ...wrap(counts.filter(Boolean).join(' · '), columns, 'dim'),
    ...(facts.console ? wrap(`${words.card.console}: ${facts.console}`, columns, 'dim') : []),
  ];
}

/** The first whole, then those that fit; one row more is shown rather than announced. */
function cliLines(cli: readonly string[], { columns, tableRows, more }: ViewContext): Line[] {
  const most = tableRows === Number.POSITIVE_INFINITY ? tableRows : CLI_ROWS;
  const each = cli.slice(0, most + 2).map((line) => wrap(`$ ${line}`, columns, 'dim'));
  const rows = (count: number) => each.slice(0, count).reduce((sum, lines) => sum + lines.length, 0);
  if (rows(each.length) <= most + 1) return each.flat();
  const shown = Math.max(1, each.findLastIndex((_, index) => rows(index + 1) <= most) + 1);
  const left = cli.length - shown;
  return [...each.slice(0, shown).flat(), ...(left > 0 ? [[span(more(left), 'dim')]] : [])];
}

/** The assistant says in words what went wrong; the card adds what must not be missed between the lines. */
function failureLines(
  { rule, nothing_changed }: Failure,
  risk: Risk,
  { words, columns }: ViewContext,
): Line[] {
  return [
    ...(rule ? wrap(`${words.card.rule}: ${rule}`, columns, 'dim') : []),
    ...(nothing_changed || risk === 'read' ? [] : wrap(words.card.mayHaveChanged, columns, 'warn')),
  ];
}
