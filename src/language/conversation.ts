import type { ApprovalWords } from '../domain/approval-words.ts';
import type { Language } from '../domain/reading.ts';
import type { AnswerWords } from './answer-words.ts';
import { answers as enAnswers } from './en/answers.ts';
import { approvalWords as enApproval } from './en/approval.ts';
import { talk as enTalk } from './en/talk.ts';
import { answers as koAnswers } from './ko/answers.ts';
import { approvalWords as koApproval } from './ko/approval.ts';
import { talk as koTalk } from './ko/talk.ts';
import type { TalkWords } from './talk-words.ts';
import { answers as zhAnswers } from './zh/answers.ts';
import { approvalWords as zhApproval } from './zh/approval.ts';
import { talk as zhTalk } from './zh/talk.ts';

export type Words = { answers: AnswerWords; talk: TalkWords; approval: ApprovalWords };

export const WORDS: Readonly<Record<Language, Words>> = {
  en: { answers: enAnswers, talk: enTalk, approval: enApproval },
  ko: { answers: koAnswers, talk: koTalk, approval: koApproval },
  zh: { answers: zhAnswers, talk: zhTalk, approval: zhApproval },
};
