import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/reading.ts';
import { terminalWords } from '../../src/language/terminal.ts';
import { COMMANDS, readCommand, usageOf } from '../../src/terminal/commands.ts';

describe('an input as a command', () => {
  it.each([
    ['/help', { command: 'help', topic: null }],
    ['/help keys', { command: 'help', topic: 'keys' }],
    ['/help me', { command: 'helpless', topic: 'me' }],
    ['/help /export', { command: 'help', topic: 'export' }],
    ['/도움말 명령', { command: 'help', topic: 'commands' }],
    ['/account', { command: 'account', name: null }],
    ['/account Staging', { command: 'account', name: 'Staging' }],
    ['/region us-east-1', { command: 'region', region: 'us-east-1', everywhere: false }],
    ['/region ALL', { command: 'region', region: null, everywhere: true }],
    ['/리전 전체', { command: 'region', region: null, everywhere: true }],
    ['/model', { command: 'model', name: null }],
    ['/lang 한국어', { command: 'lang', language: 'ko' }],
    ['/lang klingon', { command: 'lang', language: null }],
    ['/sessions', { command: 'sessions' }],
    ['/resume k3f9', { command: 'resume', id: 'k3f9' }],
    ['/approvals', { command: 'approvals' }],
    ['/audit', { command: 'audit', count: 20 }],
    ['/audit 5', { command: 'audit', count: 5 }],
    ['/audit 99999', { command: 'audit', count: 500 }],
    ['/copy', { command: 'copy', what: 'last' }],
    ['/复制 全部', { command: 'copy', what: 'all' }],
    ['/export', { command: 'export', format: 'md', path: null }],
    ['/export json', { command: 'export', format: 'json', path: null }],
    ['/export Report A.json', { command: 'export', format: 'json', path: 'Report A.json' }],
    ['/export md My notes.txt', { command: 'export', format: 'md', path: 'My notes.txt' }],
    ['/clear', { command: 'clear' }],
    ['auto on', { command: 'auto' }],
    ['/자동 끄기', { command: 'auto' }],
    ['自动 开', { command: 'auto' }],
    [' EXIT ', { command: 'exit' }],
    ['나가기', { command: 'exit' }],
    ['/退出', { command: 'exit' }],
    ['／ＨＥＬＰ', { command: 'help', topic: null }],
  ])('%j is %j', (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });

  it.each([
    'list alarms',
    '/web/error logs',
    '/aws/lambda/checkout',
    'exit code of web-1',
    'auto scaling groups',
    '종료',
    '',
  ])('%j is a sentence', (text) => {
    expect(readCommand(text)).toBeNull();
  });

  it.each(['/resume', '/audit many', '/copy nothing', '/clear all', '/auto maybe'])(
    '%j is misused',
    (text) => {
      expect(readCommand(text)).toMatchObject({ command: 'misused' });
    },
  );

  it.each([
    ['/hlep', '/help'],
    ['/regoin us', '/region'],
    ['/세숀', '/세션'],
    ['/appr', '/approvals'],
    ['/frobnicate', null],
  ])('%j is unknown, and the nearest is %j', (text, meant) => {
    expect(readCommand(text)).toMatchObject({ command: 'unknown', meant });
  });
});

describe('the table of commands', () => {
  it('has no word twice, and each in Korean and Chinese too', () => {
    const words = COMMANDS.flatMap((row) => row.words);
    expect(new Set(words).size).toBe(words.length);
    for (const row of COMMANDS) {
      expect(row.words.some((word) => /\p{Script=Hangul}/u.test(word))).toBe(true);
      expect(row.words.some((word) => /\p{Script=Han}/u.test(word))).toBe(true);
    }
  });

  it.each(LANGUAGES)('reads what its help writes (%s)', (language) => {
    const { help } = terminalWords(language);
    for (const row of COMMANDS) {
      expect(help.command[row.name]).not.toBe('');
      const [word = ''] = usageOf(row).split(' ');
      const alone = row.takes === '' || row.takes.startsWith('[');
      const example = { lang: 'ko', resume: 'k3f9', auto: 'on' }[row.name as string] ?? '';
      expect(readCommand(alone ? word : `${word} ${example}`)).toMatchObject({ command: row.name });
    }
  });
});
