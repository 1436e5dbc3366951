import type { StoreProblem } from '../domain/kept-session.ts';
import type { Language } from '../domain/reading.ts';
import { sessions as en } from './en/sessions.ts';
import { sessions as ko } from './ko/sessions.ts';
import type { InEachLanguage } from './words.ts';
import { sessions as zh } from './zh/sessions.ts';

/** What is said of sessions, and of what the chat does outside the conversation. Values are plain already. */
export type SessionWords = {
  place: {
    region(region: string): string;
    everywhere: string;
    noRegion(asked: string, known: string): string;
    account(name: string): string;
    noAccount(asked: string, known: string): string;
  };
  model: { isBuiltIn: string; noOther(name: string): string };
  copy: { sent(characters: number): string; inTmux: string; tooLong(most: number): string };
  export: {
    written(file: string): string;
    exists(file: string): string;
    failed(file: string, why: string): string;
    nothing: string;
  };
  audit: { none: string; failed(why: string): string };
  editor: {
    /** Neither of the variables that name one is set, and none of the usual ones is there. */
    none: string;
    failed(command: string, why: string): string;
  };
  /** Why sessions are not kept or cannot be read, and what to do. */
  problem(of: StoreProblem): string;
  notKept: string;
  keptAgain: string;
  inputsForgotten: string;
  list: {
    none: string;
    how: string;
    here: string;
    open: string;
    newer: string;
    turns(count: number): string;
  };
  resume: {
    resumed(title: string, when: string): string;
    /** `count` turns stand in the record and not on the screen. */
    earlier(count: number, command: string): string;
    unread(count: number): string;
    none(account: string): string;
    notFound(id: string): string;
    several(ids: string): string;
    otherAccount(account: string, command: string): string;
    /** The account turned out to be another than the session's. */
    movedAccount(then: string, now: string): string;
    newer(id: string): string;
    whileRunning: string;
    already: string;
    openElsewhere(process: number): string;
    interrupted: string;
    proposalOver: string;
  };
};

const WORDS: InEachLanguage<SessionWords> = { en, ko, zh };

export function sessionWords(language: Language): SessionWords {
  return WORDS[language];
}
