import { type ResourceKind, resourceKind } from '../../mcp-server/contract/directory.ts';
import type { Candidate, Failure } from '../../mcp-server/contract/failure.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { Choice, PlannedCall, Question } from '../domain/reading.ts';
import type { TalkWords } from '../language/talk-words.ts';

/** A question as people read it: one sentence, then its numbered choices. */
export function questionText(question: Question, talk: TalkWords): string {
  const { unseen = [] } = 'unseen' in question ? question : {};
  const gaps = unseen.slice(0, GAPS_TOLD).map(({ what, why, account, region }) => ({
    what: plainLine(what),
    where: plainLine([account, region].filter((part) => part !== undefined).join(' ')),
    why,
  }));
  const unlisted = gaps.length > 0 ? [talk.unlisted(gaps)] : [];
  const { more = 0 } = 'more' in question ? question : {};
  const rest = more > 0 ? [talk.moreChoices(more)] : [];
  return [talk.question(asked(question)), ...unlisted, ...choiceLines(question.choices), ...rest].join('\n');
}

const GAPS_TOLD = 4;

function asked(question: Question): Parameters<TalkWords['question']>[0] {
  switch (question.code) {
    case 'ambiguous':
    case 'wrong_kind':
      return { ...question, mention: plainLine(question.mention) };
    case 'unknown_resource':
      return {
        code: question.code,
        mention: plainLine(question.mention),
        choices: question.choices.length,
        seen: question.unseen === undefined,
      };
    case 'missing_target':
    case 'missing_value':
    case 'conditional':
      return question;
    case 'cause_later':
      return { ...question, subject: question.subject === null ? null : plainLine(question.subject) };
    case 'unsure':
      return { code: question.code, choices: question.choices.length };
  }
}

function choiceLines(choices: readonly Choice[]): string[] {
  return choices.map(
    ({ label, detail }, index) =>
      `${index + 1}. ${plainLine(label)}${detail ? ` (${plainLine(detail)})` : ''}`,
  );
}

/**
 * A server's "which one?" as a question of the conversation: each candidate is the same call on that id.
 * Null when the failure leaves nothing to choose.
 */
export function questionOfFailure(failure: Failure, call: PlannedCall): Question | null {
  const candidates = failure.candidates ?? [];
  const first = candidates[0];
  if (!first) return null;
  const mention = failure.mention ?? '';
  const choices = candidates.map((candidate) => choice(candidate, call, mention));
  const unseen = failure.unseen ? { unseen: failure.unseen } : {};
  switch (failure.code) {
    case 'ambiguous':
      return { code: 'ambiguous', mention, kind: kindOf(first), tool: call.tool, choices, ...unseen };
    case 'not_found':
    case 'close_match':
      return { code: 'unknown_resource', mention, tool: call.tool, choices, ...unseen };
    default:
      return null;
  }
}

function choice(candidate: Candidate, call: PlannedCall, mention: string): Choice {
  const place = [candidate.id, candidate.state, candidate.region].filter((part) => part !== undefined);
  return {
    label: candidate.name || candidate.id,
    detail: place.join(', '),
    pick: { ...call, arguments: replaced(call.arguments, mention, candidate.id) },
  };
}

/** The arguments with every mention of one thing replaced by its id. */
function replaced(args: Record<string, unknown>, mention: string, id: string): Record<string, unknown> {
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put);
    return value === mention ? id : value;
  };
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, put(value)]));
}

function kindOf(candidate: Candidate): ResourceKind {
  const kind = resourceKind.safeParse(candidate.kind);
  return kind.success ? kind.data : 'instance';
}
