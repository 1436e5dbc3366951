import type { Gap } from '../contract/coverage.ts';
import type { Place } from './account.ts';
import { ERROR_MEANINGS, type ErrorMeaning } from './aws-errors.ts';
import { CallFailure } from './call-failure.ts';

export type GapReason = Gap['why'];

/** What was being asked, where: for the words of an explanation. */
export type Asked = { action: string; place: Place };

type Facts = { name: string; message: string; tries: number; status: number | null };

/** True for the end of a call that its caller gave up on. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'CancelledError');
}

/** An error of a read, as something that could not be seen. Rethrows what is not about AWS. */
export function asGap(error: unknown, what: string, asked: Asked): Gap {
  const { why, says } = explain(error, asked);
  return { what, why, detail: says, account: asked.place.account.name, region: asked.place.region };
}

/** The same as the end of a call. For a change, `nothing_changed` is false unless AWS refused or was never asked. */
export function asFailure(error: unknown, asked: Asked, purpose: 'read' | 'change' = 'read'): CallFailure {
  const { code, says, hint } = explain(error, asked);
  const untouched = purpose === 'read' || code !== 'unreachable' || wasNeverSent(error);
  return new CallFailure({ code, message: says, nothing_changed: untouched, ...(hint ? { hint } : {}) });
}

/** Errors of the system or the resolver before a byte was sent. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

function wasNeverSent(error: unknown): boolean {
  const facts = factsOf(error);
  return facts !== null && NEVER_SENT.includes(facts.name);
}

function explain(error: unknown, asked: Asked): ErrorMeaning {
  if (error instanceof CallFailure) {
    const { code, message, hint } = error.failure;
    return { code, why: 'not_configured', says: message, ...(hint ? { hint } : {}) };
  }
  const facts = factsOf(error);
  const meaning = facts && meaningOf(facts);
  if (!facts || !meaning) throw error;
  const fill = (text: string) => filled(text, facts, asked);
  return { ...meaning, says: fill(meaning.says), ...(meaning.hint ? { hint: fill(meaning.hint) } : {}) };
}

function factsOf(error: unknown): Facts | null {
  if (!(error instanceof Error)) return null;
  const more = error as Error & {
    code?: unknown;
    Code?: unknown;
    $metadata?: { attempts?: number; httpStatusCode?: number };
    $fault?: string;
  };
  const code = [more.code, more.Code].find((value) => typeof value === 'string' && value in ERROR_MEANINGS);
  const name = typeof code === 'string' ? code : error.name;
  const known = name in ERROR_MEANINGS || familyOf(name) in ERROR_MEANINGS;
  if (!known && !more.$metadata && !more.$fault) return null;
  return {
    name,
    message: firstLine(error.message),
    tries: more.$metadata?.attempts ?? 1,
    status: more.$metadata?.httpStatusCode ?? null,
  };
}

function meaningOf({ name, message, status }: Facts): ErrorMeaning {
  // The SDK tells an expired sign-in from missing credentials only in words.
  if (name === 'CredentialsProviderError' && /expired|sso session|aws sso login|refresh/i.test(message)) {
    return ERROR_MEANINGS.ExpiredToken ?? REJECTED;
  }
  const known = ERROR_MEANINGS[name] ?? ERROR_MEANINGS[familyOf(name)];
  if (known) return known;
  if (status !== null && status >= 500) return ERROR_MEANINGS.ServiceUnavailable ?? REJECTED;
  return REJECTED;
}

/** What AWS refuses for a reason of its own: its words are the best there are. */
const REJECTED: ErrorMeaning = { code: 'rejected', why: 'no_data', says: 'AWS refused {action}: {message}' };

function familyOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function filled(text: string, facts: Facts, { action, place }: Asked): string {
  const profile = place.account.profile ? ` --profile ${place.account.profile}` : '';
  const words: Record<string, string> = {
    action,
    profile,
    place: `${place.account.name} ${place.region}`.trim(),
    message: facts.message,
    tries: facts.tries === 1 ? 'one try' : `${facts.tries} tries`,
  };
  return text.replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').trim().slice(0, 400) || 'no further explanation';
}
