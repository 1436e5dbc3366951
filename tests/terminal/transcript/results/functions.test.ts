import { expect, test } from 'vitest';
import type { Language } from '../../../../src/domain/reading.ts';
import { viewContext } from '../../../../src/terminal/frame.ts';
import { lineCells } from '../../../../src/terminal/text/cells.ts';
import { lineText } from '../../../../src/terminal/text/lines.ts';
import { resultLines } from '../../../../src/terminal/transcript/results/result-view.ts';
import { FACTS, NOW, SEEN } from '../../samples.ts';

const place = { region: 'ap-northeast-2', account: 'shop' };
const row = { package_type: 'Zip', memory_mb: 512, timeout_s: 30, state: 'Active', ...place };
const FUNCTIONS = {
  functions: [
    {
      ...row,
      name: 'checkout',
      runtime: 'nodejs22.x',
      last_update: 'Successful',
      reserved_concurrency: null,
    },
    { ...row, name: 'off', last_update: 'InProgress', reserved_concurrency: 0 },
  ],
  coverage: SEEN,
  call: FACTS,
};
const APIS = {
  apis: [
    {
      id: 'a1b2c3d4e5',
      name: 'shop-api',
      type: 'REST',
      stages: [{ name: 'prod', last_updated: new Date(NOW).toISOString() }, { name: 'test' }],
      ...place,
    },
  ],
  coverage: SEEN,
  call: FACTS,
};

function drawn(
  tool: string,
  data: Record<string, unknown>,
  columns = 120,
  language: Language = 'en',
): string[] {
  const context = viewContext({
    language,
    size: { columns, rows: 24 },
    account: null,
    accountClock: null,
    timeZone: 'Asia/Seoul',
    now: NOW,
  });
  const lines = resultLines(tool, data, 'as text', context);
  expect(Math.max(...lines.map(lineCells))).toBeLessThanOrEqual(columns);
  return lines.map((line) => lineText(line).replace(/ +/g, ' ').trim());
}

test('functions as a table; none of the account’s concurrency is not the same as no reservation', () => {
  const [heading, checkout, off] = drawn('list_functions', FUNCTIONS);
  expect(heading).toBe('name state last update memory timeout reserved runtime');
  expect(checkout).toBe('checkout Active Successful 512 MB 30 s nodejs22.x');
  expect(off).toBe('off Active InProgress 512 MB 30 s 0 Zip');
  expect(drawn('list_functions', { ...FUNCTIONS, functions: [] })).toEqual(['Nothing found.']);
});

test.each([
  ['ko', '이름 상태 최근 업데이트 메모리 제한 시간 예약 동시성 런타임'],
  ['zh', '名称 状态 最近更新 内存 超时 预留并发 运行时'],
] as const)('in %s, and narrow', (language, heading) => {
  expect(drawn('list_functions', FUNCTIONS, 120, language)[0]).toBe(heading);
  expect(drawn('list_functions', FUNCTIONS, 40, language).join('\n')).toContain('checkout');
});

test('APIs with their stages', () => {
  const [heading, api] = drawn('list_apis', APIS);
  expect(heading).toContain('stages');
  expect(api).toContain('shop-api REST prod, test');
});
