import type { Language } from '../domain/reading.ts';
import { sessionReport as en } from './en/session-report.ts';
import { sessionReport as ko } from './ko/session-report.ts';
import type { InEachLanguage } from './words.ts';
import { sessionReport as zh } from './zh/session-report.ts';

/** The words of a session's Markdown. What tools and people said stays as it is. */
export type SessionReportWords = {
  session: string;
  account: string;
  folder: string;
  began: string;
  ended: string;
  continues: string;
  times(zone: string): string;
  outcome: string;
  outcomes: Readonly<Record<string, string>>;
  tones: Readonly<Record<string, string>>;
  statuses: Readonly<Record<string, string>>;
  arguments: string;
  nothingFound: string;
  notSeen: string;
  console: string;
  reason: string;
  approval: string;
  proposal: string;
  as: string;
  decisions: Readonly<Record<string, string>>;
  noDecision: string;
  cannotUndo: string;
  more(count: number): string;
  unread(count: number): string;
  masked(count: number): string;
  nothingSaid: string;
};

const WORDS: InEachLanguage<SessionReportWords> = { en, ko, zh };

export function sessionReportWords(language: Language): SessionReportWords {
  return WORDS[language];
}
