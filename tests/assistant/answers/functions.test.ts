import { expect, test } from 'vitest';
import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { answerOf } from '../../../src/assistant/answers/answer.ts';
import { tableOf } from '../../../src/cli/tables/of-tool.ts';
import type { Language } from '../../../src/domain/reading.ts';
import { WORDS } from '../../../src/language/conversation.ts';

const call = {
  cli: [],
  console: null,
  account: 'shop',
  regions: ['ap-northeast-2'],
  aws_calls: 2,
  retries: 0,
  elapsed_ms: 1,
};
const common = { coverage: { looked_at: [], gaps: [] }, call };
const place = { region: 'ap-northeast-2', account: 'shop' };
const row = {
  package_type: 'Zip',
  memory_mb: 512,
  timeout_s: 30,
  state: 'Active',
  last_update: 'Successful',
  ...place,
};

const FUNCTIONS: ToolOutput<'list_functions'> = {
  functions: [
    { ...row, name: 'checkout', runtime: 'nodejs22.x', reserved_concurrency: null },
    { ...row, name: 'off', package_type: 'Image', reserved_concurrency: 0 },
    { ...row, name: 'stuck', last_update: 'Failed', reason: 'The KMS key\nis disabled.\u202e' },
    { ...row, name: 'idle', state: 'Inactive' },
  ],
  ...common,
};
const APIS: ToolOutput<'list_apis'> = {
  apis: [
    { id: 'a1', name: 'shop-api', type: 'REST', stages: [{ name: 'prod' }, { name: 'test' }], ...place },
    { id: 'b2', name: 'events', type: 'WEBSOCKET', stages: null, ...place },
  ],
  ...common,
};

function answer(tool: string, data: Record<string, unknown>, language: Language = 'en'): string[] {
  const setting = { words: WORDS[language].answers, now: new Date('2026-11-20T09:00:00Z'), timeZone: 'UTC' };
  return answerOf(tool, {}, data, setting).found.split('\n');
}

test('functions: their sizes, what is wrong with any in plain text, and which take no requests', () => {
  expect(answer('list_functions', FUNCTIONS)).toEqual([
    '4 functions: checkout (nodejs22.x, 512 MB, 30 s), off (Image, 512 MB, 30 s), stuck (Zip, 512 MB, 30 s) and idle (Zip, 512 MB, 30 s).',
    String.raw`Not ready: 1 function (stuck: update Failed, The KMS key\nis disabled.\u{202e}).`,
    'off takes no requests: reserved concurrency 0.',
  ]);
  expect(answer('list_functions', FUNCTIONS).join('')).not.toContain('\u202e');
  expect(answer('list_functions', { ...FUNCTIONS, functions: [] })).toEqual(['There are no functions.']);
});

test('APIs with their type and stages', () => {
  expect(answer('list_apis', APIS)).toEqual(['2 APIs: shop-api (REST, prod, test) and events (WEBSOCKET).']);
});

test.each([
  [
    'ko',
    '함수 4개: checkout (nodejs22.x, 512 MB, 30 s)',
    'API 2개: shop-api (REST, prod, test), events (WEBSOCKET).',
  ],
  [
    'zh',
    '共 4 个函数：checkout (nodejs22.x, 512 MB, 30 s)',
    '共 2 个 API：shop-api (REST, prod, test)、events (WEBSOCKET)。',
  ],
] as const)('in %s', (language, functions, apis) => {
  expect(answer('list_functions', FUNCTIONS, language)[0]).toContain(functions);
  expect(answer('list_apis', APIS, language)).toEqual([apis]);
});

test('the tables of a script', () => {
  expect(
    tableOf('list_functions', FUNCTIONS)
      .slice(0, 3)
      .map((line) => line.replace(/ +/g, ' ')),
  ).toEqual([
    'NAME RUNTIME MEMORY MB TIMEOUT S RESERVED STATE LAST UPDATE REGION',
    'checkout nodejs22.x 512 30 Active Successful ap-northeast-2',
    'off Image 512 30 0 Active Successful ap-northeast-2',
  ]);
  expect(tableOf('list_apis', APIS)[1]).toMatch(/^shop-api +a1 +REST +prod test +ap-northeast-2$/);
});
