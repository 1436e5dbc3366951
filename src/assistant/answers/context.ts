import type { AnswerWords } from '../../language/answer-words.ts';
import type { Times } from './times.ts';

/** What a sentence needs beside the findings: the language's words and local times. */
export type AnswerContext = {
  words: AnswerWords;
  times: Times;
  /** What a list was narrowed by beside its call's arguments. */
  narrowedBy: readonly string[];
};
