import type { TalkSoFar } from '../domain/kept-session.ts';
import { type Conversation, EMPTY_CONVERSATION, type PlannedCall } from '../domain/reading.ts';
import { createOutsideText, type OutsideText } from './outside-text.ts';
import { type ChosenPlace, EVERYWHERE } from './place.ts';

/** What one conversation keeps from turn to turn. */
export type Session = {
  conversation: Conversation;
  /** What the person typed, folded: a value that stands here is theirs. */
  typed: string[];
  outside: OutsideText;
  /** Proposals that nobody was there to answer. */
  unanswered: string[];
  /** Where calls go that name no place. */
  place: ChosenPlace;
};

const TYPED_KEPT = 200;

export function createSession(): Session {
  return {
    conversation: EMPTY_CONVERSATION,
    typed: [],
    outside: createOutsideText(),
    unanswered: [],
    place: EVERYWHERE,
  };
}

/** Puts an earlier talk in place of this one; what this one proposed stays its own. */
export function resumeTalk(session: Session, { conversation, typed, brought }: TalkSoFar): void {
  session.conversation = conversation;
  session.typed = typed.slice(-TYPED_KEPT);
  session.outside = createOutsideText();
  for (const { tool, data } of brought) session.outside.add(tool, data);
}

export function keepTyped(session: Session, text: string): void {
  session.typed = [...session.typed, text].slice(-TYPED_KEPT);
}

/** A list that came down to one resource makes that resource what "it" can mean. */
export function keepMentioned(session: Session, call: PlannedCall, data: Record<string, unknown>): void {
  if (call.tool !== 'list_instances' || !Array.isArray(data.instances) || data.instances.length !== 1) return;
  const only: unknown = data.instances[0];
  if (typeof only !== 'object' || only === null || !('id' in only) || !('name' in only)) return;
  const mention = { kind: 'instance' as const, id: String(only.id), name: String(only.name) };
  const { conversation } = session;
  session.conversation = {
    ...conversation,
    mentioned: [mention, ...conversation.mentioned.filter((one) => one.id !== mention.id)],
  };
}
