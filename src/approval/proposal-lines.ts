import type { Backend, Facts, PlannedChange, Proposal, Target } from '../../mcp-server/contract/proposal.ts';
import type { ApprovalWords, TimeSpan } from '../domain/approval-words.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { StandingTerms } from './sign.ts';

/** What a line is about; a front end chooses by it how the line is drawn. */
export type LineKind =
  | 'standing'
  | 'title'
  | 'step'
  | 'target'
  | 'becomes'
  | 'takes_away'
  | 'affected'
  | 'not_seen'
  | 'undo'
  | 'place'
  | 'expires'
  | 'cli'
  | 'flagged';

/** One line of a proposal as it is shown. `text` is plain: nothing in it can move a cursor or hide. */
export type ProposalLine = {
  kind: LineKind;
  label: string;
  text: string;
  tone: 'normal' | 'danger' | 'quiet' | 'warning';
};

function line(
  kind: LineKind,
  label: string,
  text: string,
  tone: ProposalLine['tone'] = 'normal',
): ProposalLine {
  return { kind, label, text: plainLine(text), tone };
}

/** True when no undo brings a target back: the dialog then takes names, not `y`. */
export function isIrreversible(proposal: Proposal): boolean {
  return changesOf(proposal).some((change) => change.irreversible);
}

export function changesOf(proposal: Proposal): PlannedChange[] {
  return proposal.kind === 'plan' ? proposal.steps : [proposal];
}

function riskInWords(change: PlannedChange, words: ApprovalWords): string {
  return change.irreversible ? words.risk.irreversible : words.risk[change.risk];
}

function named(of: { id: string; name: string }): string {
  return of.name === of.id ? of.id : `${of.name} (${of.id})`;
}

function becomes(was: Facts, will: Facts): string {
  return Object.entries(will)
    .map(([name, value]) => `${name}: ${Object.hasOwn(was, name) ? was[name] : '–'} → ${value}`)
    .join(', ');
}

function argumentsInWords(change: PlannedChange): string {
  return Object.entries(change.arguments)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}

function targetLines(target: Target, words: ApprovalWords): ProposalLine[] {
  const known = Object.entries(target.was)
    .filter(([name]) => !Object.hasOwn(target.becomes, name))
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
  return [
    line('target', words.label.target, known ? `${named(target)} · ${known}` : named(target)),
    line('becomes', words.label.becomes, becomes(target.was, target.becomes) || words.unchanged),
  ];
}

/** What else feels it: an empty list with gaps does not mean "nothing", and is not shown as that. */
function blastLines(change: PlannedChange, words: ApprovalWords): ProposalLine[] {
  const { affected, gaps } = change.blast_radius;
  const felt = affected.map((one) =>
    line('affected', words.label.affected, `${named(one)}: ${words.feltAs[one.how]}`, 'warning'),
  );
  const unseen = gaps.map((gap) =>
    line('not_seen', words.label.notSeen, `${gap.what}: ${words.gap[gap.why]}. ${gap.detail}`, 'warning'),
  );
  if (felt.length + unseen.length > 0) return [...felt, ...unseen];
  return [line('affected', words.label.affected, words.noneAffected, 'quiet')];
}

/** What ends with a target and is named nowhere else: as much of the change as the target itself. */
function lossLines(change: PlannedChange, words: ApprovalWords): ProposalLine[] {
  return (change.takes_away ?? []).map(({ count, kind, among }) =>
    line('takes_away', words.label.takesAway, words.takesAway(count, kind, among.join(', ')), 'danger'),
  );
}

function undoLine(change: PlannedChange, words: ApprovalWords): ProposalLine {
  const { undo } = change;
  if (!undo.possible) return line('undo', words.label.undo, words.noUndo[undo.why], 'danger');
  const call = `${undo.tool} ${JSON.stringify(undo.arguments)}`;
  return line('undo', words.label.undo, undo.note ? `${call} · ${words.undoNote[undo.note]}` : call);
}

function changeLines(change: PlannedChange, words: ApprovalWords): ProposalLine[] {
  return [
    ...change.targets.flatMap((target) => targetLines(target, words)),
    ...lossLines(change, words),
    ...blastLines(change, words),
    undoLine(change, words),
    ...change.cli.map((cli) => line('cli', words.label.cli, cli, 'quiet')),
  ];
}

function backendInWords(backend: Backend, words: ApprovalWords): string {
  if (backend.kind === 'simulated') return words.simulated(backend.file);
  return backend.endpoint ? words.endpoint(backend.endpoint) : 'AWS';
}

/** The heading of a change: the tool and what it is given, and how grave that is. */
function headingOf(
  kind: 'title' | 'step',
  label: string,
  change: PlannedChange,
  words: ApprovalWords,
): ProposalLine {
  const text = `${change.tool} ${argumentsInWords(change)} · ${riskInWords(change, words)}`;
  return line(kind, label, text, change.risk === 'destructive' ? 'danger' : 'normal');
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Seconds in the largest unit that takes them whole: 1 day, 90 minutes. */
export function inUnits(seconds: number): TimeSpan {
  const unit = UNITS.find(([, length]) => seconds > 0 && seconds % length === 0);
  return unit ? { count: seconds / unit[1], unit: unit[0] } : { count: seconds, unit: 'second' };
}

/**
 * How long a proposal can still be approved: whole minutes, and seconds in the last two. Not a time of day:
 * proposals end by the machine's clock, and a simulated account's may show another. `now`: ms since 1970.
 */
function timeLeft({ expires_at }: Proposal, now: number): TimeSpan {
  const seconds = Math.max(0, Math.round((Date.parse(expires_at) - now) / 1_000));
  return inUnits(seconds < 120 ? seconds : Math.round(seconds / 60) * 60);
}

/** What is signed beside the call itself when the yes is for the future. */
function standingLines({ id, open, rate, expiresAt, reason }: StandingTerms, words: ApprovalWords) {
  const { label, standing } = words;
  return [
    line('standing', label.standing, standing.heading(id), 'danger'),
    line('standing', label.rate, standing.rate(rate.count, words.span(inUnits(rate.seconds))), 'warning'),
    line('standing', label.until, expiresAt.toISOString(), 'warning'),
    open.length > 0
      ? line('standing', label.open, open.join(', '), 'danger')
      : line('standing', label.open, standing.nothingOpen),
    line('standing', label.reason, reason),
  ];
}

/**
 * All that a person has to see before a yes, in the order it is read. `flagged`: sentences about values that
 * came only from outside text. `now`: the machine's clock, in milliseconds since 1970. `standing`: the terms
 * of a yes for the future; the proposal's own end, by which it would run once, then says nothing.
 */
export function linesOf(
  proposal: Proposal,
  flagged: readonly string[],
  words: ApprovalWords,
  now: number,
  standing?: StandingTerms,
): ProposalLine[] {
  const left = `${words.span(timeLeft(proposal, now))} · ${proposal.id}`;
  const body =
    proposal.kind === 'call'
      ? [headingOf('title', words.label.call, proposal, words), ...changeLines(proposal, words)]
      : [
          line('title', words.label.plan, words.steps(proposal.steps.length)),
          ...proposal.steps.flatMap((step, at) => [
            headingOf('step', `${words.label.step} ${at + 1}`, step, words),
            ...changeLines(step, words),
          ]),
        ];
  const place = `${proposal.account} · ${proposal.region} · ${backendInWords(proposal.backend, words)}`;
  return [
    ...(standing ? standingLines(standing, words) : []),
    ...body,
    line('place', words.label.where, place),
    line('place', words.label.as, proposal.identity),
    ...(standing ? [] : [line('expires', words.label.expires, left, 'quiet')]),
    ...flagged.map((sentence) => line('flagged', words.label.flagged, sentence, 'warning')),
  ];
}
