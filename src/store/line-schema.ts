import { z } from 'zod';
import type { KeptEntry } from '../domain/kept-session.ts';

const text = z.string();
const turn = text;
const call = z.looseObject({ tool: text, arguments: z.record(text, z.unknown()), risk: text });
const state = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('running') }),
  z.looseObject({
    status: z.literal('awaiting_approval'),
    proposal: z.looseObject({ id: text, kind: text }),
  }),
  z.looseObject({
    status: z.literal('done'),
    elapsedMs: z.number(),
    text,
    data: z.record(text, z.unknown()),
  }),
  z.looseObject({
    status: z.literal('failed'),
    elapsedMs: z.number(),
    failure: z.looseObject({ code: text, message: text }),
  }),
  z.looseObject({ status: z.literal('declined'), reason: text.nullable() }),
  z.looseObject({ status: z.literal('cancelled') }),
]);

const conversation = z
  .looseObject({ lastCalls: z.array(call), mentioned: z.array(z.looseObject({ id: text, name: text })) })
  .optional();

/** As much of a line's shape as whoever reads it relies on: a file is not the compiler. */
const entry = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('turn_started'), turn, text, provenance: text }),
  z.looseObject({
    type: z.literal('understood'),
    turn,
    reading: z.looseObject({ outcome: text }),
    language: z.enum(['en', 'ko', 'zh']),
    conversation,
  }),
  z.looseObject({ type: z.literal('call'), turn, view: z.looseObject({ id: text, call, state }) }),
  z.looseObject({ type: z.literal('say'), turn, tone: text, text }),
  z.looseObject({
    type: z.literal('approval_asked'),
    turn,
    call: text,
    proposal: z.looseObject({ id: text, kind: text }),
    flagged: z.array(text),
  }),
  z.looseObject({ type: z.literal('approval_settled'), turn, call: text, decision: text }),
  z.looseObject({
    type: z.literal('turn_ended'),
    turn,
    outcome: text,
    conversation,
  }),
  z.looseObject({ type: z.literal('opened'), version: text, server: text }),
  z.looseObject({
    type: z.literal('place'),
    place: z.looseObject({ name: text, account: text.nullable(), backend: text }).nullable(),
    region: text.nullable(),
  }),
]);

/** A line's body as it was written, or null for what is none. */
export function readEntry(body: string): KeptEntry | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null; // counted by whoever reads the session
  }
  // What the schema leaves open was written by this very format.
  return entry.safeParse(value).success ? (value as KeptEntry) : null;
}
