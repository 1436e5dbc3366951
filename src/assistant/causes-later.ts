import type { Directory } from '../../mcp-server/contract/directory.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { PlannedCall, Question } from '../domain/reading.ts';
import type { TalkWords } from '../language/talk-words.ts';
import { looksInstead } from '../planner/looks-instead.ts';
import { ToolsError } from '../tools/tools.ts';
import { questionText } from './questions.ts';
import type { StepEnd } from './step.ts';
import type { Work } from './work.ts';

/** Nothing finds a cause by itself yet: says so and asks which of what can be looked at now is wanted. */
export async function askWhatToLookAt(call: PlannedCall, work: Work): Promise<StepEnd> {
  const { turn, session } = work;
  const { talk } = turn.words;
  const question = lookQuestion(call, await known(work), talk);
  session.conversation = { ...session.conversation, pending: question };
  turn.say('question', questionText(question, talk));
  return 'question';
}

function lookQuestion({ arguments: args }: PlannedCall, directory: Directory, talk: TalkWords): Question {
  const { about, looks } = looksInstead(args, directory);
  const name = about === null ? null : about.name || about.id;
  return {
    code: 'cause_later',
    subject: name,
    choices: looks.map(({ look, pick }) => {
      const { metric } = pick.arguments;
      const label = [talk.look(look), ...(typeof metric === 'string' ? [metric] : [])].join(' ');
      return { label, detail: pick.tool, pick };
    }),
  };
}

/** The account's names; without them only what holds for the whole account can be offered. */
async function known({ turn, session, parts }: Work): Promise<Directory> {
  try {
    return await parts.tools.directory(session.place.account);
  } catch (error) {
    if (!(error instanceof ToolsError)) throw error;
    turn.say('note', turn.words.talk.directoryUnseen(plainLine(error.message)));
    return { entries: [], complete: false };
  }
}
