import { foldCase } from '../../mcp-server/contract/name-folding.ts';
import { nearestWord } from '../../mcp-server/contract/nearest-word.ts';
import { LANGUAGES, type Language } from '../domain/reading.ts';
import type { HelpedCommand, HelpTopic } from '../language/prompt-words.ts';

/** What the chat itself does on a word or a slash command, without asking the assistant. */
export type Command =
  | { command: 'help'; topic: HelpTopic | HelpedCommand | null }
  /** There is no help on what was said. */
  | { command: 'helpless'; topic: string }
  /** `name` null: shows the account. */
  | { command: 'account'; name: string | null }
  /** As it was said; null: shows the regions. */
  | { command: 'region'; region: string | null; everywhere: boolean }
  | { command: 'model'; name: string | null }
  | { command: 'lang'; language: Language | null }
  | { command: 'sessions' }
  | { command: 'resume'; id: string }
  | { command: 'approvals' }
  | { command: 'audit'; count: number }
  | { command: 'copy'; what: 'last' | 'all' }
  | { command: 'export'; format: 'md' | 'json'; path: string | null }
  | { command: 'clear' }
  | { command: 'auto' }
  | { command: 'exit' }
  /** A command with an argument that it does not take. */
  | { command: 'misused'; row: CommandRow }
  /** `meant`: the nearest there is, as it is written. */
  | { command: 'unknown'; name: string; meant: string | null };

/** What an argument can be completed from. */
export type Completes =
  | 'topic'
  | 'account'
  | 'region'
  | 'model'
  | 'language'
  | 'session'
  | 'copied'
  | 'format'
  | 'switch';

export type CommandRow = {
  name: HelpedCommand;
  /** How it is written after a slash, in every language; the first is how the help writes it. */
  words: readonly string[];
  /** Words that need no slash, when nothing else stands there. */
  bare?: readonly string[];
  /** How the help writes the arguments. */
  takes: string;
  completes?: Completes;
  /** null: it takes no such argument. */
  read(argument: string): Command | null;
};

/** The lines of the audit log that are shown when no number is said, and the most. */
const AUDIT_LINES = { usual: 20, most: 500 };

/** Every command, for handling, for the help, the completion and the documentation. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'help',
    words: ['help', '?', '도움말', '帮助'],
    takes: '[TOPIC]',
    completes: 'topic',
    read: (argument) => {
      const topic = readTopic(argument);
      const none = argument !== '' && topic === null;
      return none ? { command: 'helpless', topic: argument } : { command: 'help', topic };
    },
  },
  {
    name: 'account',
    words: ['account', '계정', '账户', '账号'],
    takes: '[NAME]',
    completes: 'account',
    read: (argument) => ({ command: 'account', name: argument || null }),
  },
  {
    name: 'region',
    words: ['region', '리전', '지역', '区域', '地区'],
    takes: '[NAME|all]',
    completes: 'region',
    read: (argument) => {
      const everywhere = EVERY.includes(foldCase(argument));
      return { command: 'region', region: everywhere ? null : argument || null, everywhere };
    },
  },
  {
    name: 'model',
    words: ['model', '모델', '模型'],
    takes: '[NAME]',
    completes: 'model',
    read: (argument) => ({ command: 'model', name: argument || null }),
  },
  {
    name: 'lang',
    words: ['lang', 'language', '언어', '语言'],
    takes: 'en|ko|zh',
    completes: 'language',
    read: (argument) => ({ command: 'lang', language: readLanguage(argument) }),
  },
  {
    name: 'sessions',
    words: ['sessions', '세션', '会话'],
    takes: '',
    read: without({ command: 'sessions' }),
  },
  {
    name: 'resume',
    words: ['resume', '이어하기', '恢复'],
    takes: 'SESSION',
    completes: 'session',
    read: (argument) => (/^\S+$/.test(argument) ? { command: 'resume', id: argument } : null),
  },
  {
    name: 'approvals',
    words: ['approvals', '승인', '审批'],
    takes: '',
    read: without({ command: 'approvals' }),
  },
  {
    name: 'audit',
    words: ['audit', '감사', '审计'],
    takes: '[N]',
    read: (argument) => {
      if (!/^(?:[1-9]\d{0,5})?$/.test(argument)) return null;
      const count = Math.min(AUDIT_LINES.most, Number(argument || AUDIT_LINES.usual));
      return { command: 'audit', count };
    },
  },
  {
    name: 'copy',
    words: ['copy', '복사', '复制'],
    takes: '[last|all]',
    completes: 'copied',
    read: (argument) => {
      const said = foldCase(argument);
      if (EVERY.includes(said)) return { command: 'copy', what: 'all' };
      return said === '' || LAST.includes(said) ? { command: 'copy', what: 'last' } : null;
    },
  },
  {
    name: 'export',
    words: ['export', '내보내기', '导出'],
    takes: '[md|json] [FILE]',
    completes: 'format',
    read: readExport,
  },
  { name: 'clear', words: ['clear', '지우기', '清屏'], takes: '', read: without({ command: 'clear' }) },
  {
    name: 'auto',
    words: ['auto', '자동', '自动'],
    bare: ['auto', '자동', '自动'],
    takes: 'on|off',
    completes: 'switch',
    read: (argument) => (SWITCH.includes(foldCase(argument)) ? { command: 'auto' } : null),
  },
  {
    name: 'exit',
    words: ['exit', 'quit', '종료', '나가기', '退出'],
    bare: ['exit', 'quit', '나가기', '退出'],
    takes: '',
    read: without({ command: 'exit' }),
  },
];

const EVERY: readonly string[] = ['all', '전체', '모두', '全部', '所有'];
const LAST: readonly string[] = ['last', '마지막', '最后'];
const SWITCH: readonly string[] = ['on', 'off', '켜기', '끄기', '开', '关'];

const SPOKEN: Readonly<Record<Language, readonly string[]>> = {
  en: ['en', 'english', '영어', '英文', '英语'],
  ko: ['ko', 'korean', '한국어', '韩语', '韩文'],
  zh: ['zh', 'chinese', '중국어', '中文'],
};

const TOPICS: Readonly<Record<HelpTopic, readonly string[]>> = {
  keys: ['keys', '키', '按键'],
  commands: ['commands', '명령', '命令'],
  examples: ['examples', '예', '例子'],
};

/** A word an argument can be, as it is written first. */
export const SPOKEN_ARGUMENTS: Partial<Record<Completes, readonly string[]>> = {
  topic: [...Object.values(TOPICS).flatMap(([word = '']) => word), ...COMMANDS.map(({ name }) => name)],
  language: LANGUAGES,
  copied: ['last', 'all'],
  format: ['md', 'json'],
  switch: ['on', 'off'],
  region: ['all'],
};

/** How the help writes a command. */
export function usageOf({ name, words, bare, takes }: CommandRow): string {
  const written = bare ? (words[0] ?? name) : `/${words[0] ?? name}`;
  return takes === '' ? written : `${written} ${takes}`;
}

/**
 * The command an input is, or null for a sentence. A slash at the start is never a sentence: an unknown one is
 * said to be unknown instead of being sent on (a path such as `/web/error logs` has a second slash and is one).
 */
export function readCommand(text: string): Command | null {
  const [, slash, word = '', rest = ''] = /^([/／]?)(\S+)(?:\s+([\s\S]*))?$/.exec(text.trim()) ?? [];
  const said = foldCase(word);
  const argument = rest.trim();
  if (!slash) {
    const row = COMMANDS.find(({ bare }) => bare?.includes(said));
    return row?.read(argument) ?? null;
  }
  const row = COMMANDS.find(({ words }) => words.includes(said));
  if (row) return row.read(argument) ?? { command: 'misused', row };
  if (word === '' || word.includes('/')) return null;
  const known = COMMANDS.flatMap(({ words }) => words);
  const meant = nearestWord(said, known) ?? known.find((each) => each.startsWith(said));
  return { command: 'unknown', name: `/${word}`, meant: meant ? `/${meant}` : null };
}

function without(command: Command): CommandRow['read'] {
  return (argument) => (argument === '' ? command : null);
}

function readTopic(argument: string): HelpTopic | HelpedCommand | null {
  const said = foldCase(argument).replace(/^\//, '');
  const topic = Object.entries(TOPICS).find(([, words]) => words.includes(said))?.[0];
  if (topic === 'keys' || topic === 'commands' || topic === 'examples') return topic;
  return COMMANDS.find(({ words }) => words.includes(said))?.name ?? null;
}

function readLanguage(argument: string): Language | null {
  const said = foldCase(argument);
  return LANGUAGES.find((language) => SPOKEN[language].includes(said)) ?? null;
}

/** The format may be left to the file's name; a file's name may hold blanks. */
function readExport(argument: string): Command {
  const [, said, rest = ''] = /^(md|markdown|json)(?:\s+([\s\S]+))?$/i.exec(argument) ?? [];
  if (said)
    return { command: 'export', format: foldCase(said) === 'json' ? 'json' : 'md', path: rest || null };
  const format = /\.json$/i.test(argument) ? 'json' : 'md';
  return { command: 'export', format, path: argument || null };
}
