import { hash32 } from '../world/deterministic.ts';
import { Refusal } from './service-exception.ts';

type Page<T> = { items: T[]; next?: string };

type Paging = {
  /** Items a page holds when the call does not say. */
  size: number;
  token?: string | undefined;
  /** What the token belongs to: a token of another question is refused. */
  question: object;
  /** The service's own name for a token it does not know. */
  badToken: string;
};

/** Cuts a page out of a list, as AWS does: an opaque token, good for the same question only. */
export function page<T>(all: readonly T[], paging: Paging): Page<T> {
  const mark = hash32(JSON.stringify(paging.question)).toString(36);
  const from = paging.token === undefined ? 0 : offset(paging.token, mark, paging.badToken);
  const items = all.slice(from, from + paging.size);
  const end = from + items.length;
  return end < all.length ? { items, next: token(mark, end) } : { items };
}

function token(mark: string, at: number): string {
  return Buffer.from(`${mark}:${at}`).toString('base64url');
}

function offset(text: string, mark: string, badToken: string): number {
  const [owner, at] = Buffer.from(text, 'base64url').toString().split(':');
  const from = Number(at);
  if (owner !== mark || !Number.isInteger(from) || from < 0) {
    throw new Refusal(badToken, 'The token is not valid for this request.');
  }
  return from;
}

/** The question a call asks, without what only turns its pages. */
export function questionOf(input: object, ...pagingKeys: string[]): object {
  return Object.fromEntries(Object.entries(input).filter(([key]) => !pagingKeys.includes(key)));
}
