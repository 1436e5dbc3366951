import type { Language } from '../domain/reading.ts';

/** What no writing has in it: controls, private and unassigned characters, bytes that were no text. */
const NO_TEXT = /\ufffd|\p{Cn}|\p{Co}|[\p{Cc}--[\t\r\n]]/v;

/** The language to answer in: Hangul says Korean, Han characters Chinese, anything else English. */
export function languageOf(text: string): Language {
  if (NO_TEXT.test(text)) return 'en';
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
}
