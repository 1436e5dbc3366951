import type { Gap } from '../contract/coverage.ts';
import { DocumentError } from '../contract/document-error.ts';
import type { Place } from './account.ts';
import { ERROR_MEANINGS, type ErrorMeaning } from './aws-errors.ts';
import { CallFailure, untouched as refusedUntouched } from './call-failure.ts';

export type GapReason = Gap['why'];

/** What was being asked, where: for the words of an explanation. */
export type Asked = { action: string; place: Place };

type Facts = { name: string; message: string; tries: number; status: number | null };
type Explained = ErrorMeaning & { untouched: boolean };

/** True for the end of a call that its caller gave up on. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'CancelledError');
}

/** An error of a read, as something that could not be seen. Rethrows what is not about AWS. */
export function asGap(error: unknown, what: string, asked: Asked): Gap {
  const where = { account: asked.place.account.name, region: asked.place.region };
  if (error instanceof CallFailure) {
    const { message, hint } = error.failure;
    return { what, why: 'not_configured', detail: hint ? `${message} ${hint}` : message, ...where };
  }
  if (error instanceof DocumentError) return { what, why: 'not_configured', detail: error.message, ...where };
  const { why, says } = explain(error, asked);
  return { what, why, detail: says, ...where };
}

/**
 * The same as the end of a call. For a change it speaks of the one request that failed: `nothing_changed` only
 * when AWS certainly did not carry it out, else `outcome_unknown`. Rethrows what is not about AWS.
 */
export function asFailure(error: unknown, asked: Asked, purpose: 'read' | 'change' = 'read'): CallFailure {
  if (error instanceof CallFailure) return error;
  // A simulated account whose kept changes cannot be used: it refuses before it changes anything.
  if (error instanceof DocumentError) return refusedUntouched('store', error.message);
  const { code, says, hint, untouched } = explain(error, asked);
  const more = { message: says, ...(hint ? { hint } : {}) };
  if (purpose === 'read' || untouched) return new CallFailure({ code, nothing_changed: true, ...more });
  return new CallFailure({ code: 'outcome_unknown', nothing_changed: false, ...more });
}

/** Before a byte of the request was sent: by the system, the resolver, the credential chain, the simulator. */
const NEVER_SENT: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CredentialsProviderError',
  'ProviderError',
  'TokenProviderError',
  'NotSimulated',
];

/**
 * Whether a request was certainly not carried out: never sent, or refused by AWS in an answer that can be read
 * as a refusal. The SDK puts the status of an answer it could not read on the error too, so a status alone,
 * below 400, says nothing.
 */
function certainlyUntouched({ name, status }: Facts, { why }: ErrorMeaning): boolean {
  return NEVER_SENT.includes(name) || (status !== null && status >= 400 && why !== 'unreachable');
}

function explain(error: unknown, asked: Asked): Explained {
  const facts = factsOf(error);
  if (!facts) throw error;
  const meaning = meaningOf(facts);
  const fill = (text: string) => filled(text, facts, asked);
  return {
    ...meaning,
    says: fill(meaning.says),
    ...(meaning.hint ? { hint: fill(meaning.hint) } : {}),
    untouched: certainlyUntouched(facts, meaning),
  };
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
  if (status === null || status < 400) return UNCLEAR;
  if (status >= 500) return ERROR_MEANINGS.ServiceUnavailable ?? UNCLEAR;
  return REJECTED;
}

/** What AWS refuses for a reason of its own: its words are the best there are. */
const REJECTED: ErrorMeaning = { code: 'rejected', why: 'no_data', says: 'AWS refused {action}: {message}' };

/** No answer, or one that cannot be read: a body cut short, a page of something in between. */
const UNCLEAR: ErrorMeaning = {
  code: 'unreachable',
  why: 'unreachable',
  says: 'There was no clear answer of AWS to {action} in {place}: {message}',
};

function familyOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** A look may take several requests; AWS says which of them it does not allow. */
const REFUSED_ACTION = /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)/;

function filled(text: string, facts: Facts, { action: asked, place }: Asked): string {
  const action = REFUSED_ACTION.exec(facts.message)?.[1] ?? asked;
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
