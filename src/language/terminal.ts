import type { Language } from '../domain/reading.ts';
import { terminal as en } from './en/terminal.ts';
import { terminal as ko } from './ko/terminal.ts';
import type { InEachLanguage, TerminalWords } from './words.ts';
import { terminal as zh } from './zh/terminal.ts';

const WORDS: InEachLanguage<TerminalWords> = { en, ko, zh };

/** The chat's words in a language. */
export function terminalWords(language: Language): TerminalWords {
  return WORDS[language];
}
