import type { Language } from '../domain/reading.ts';

/** The language to answer in: Hangul says Korean, Han characters Chinese, anything else English. */
export function languageOf(text: string): Language {
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
}
