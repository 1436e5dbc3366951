import { describe, expect, test } from 'vitest';
import type { ToolName, ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { answerOf } from '../../../src/assistant/answers/answer.ts';
import { narrow } from '../../../src/assistant/narrow.ts';
import { tableOf } from '../../../src/cli/tables/of-tool.ts';
import { LANGUAGES, type Language, type Narrowing } from '../../../src/domain/reading.ts';
import { WORDS } from '../../../src/language/conversation.ts';
import { viewContext } from '../../../src/terminal/frame.ts';
import { lineCells } from '../../../src/terminal/text/cells.ts';
import { lineText } from '../../../src/terminal/text/lines.ts';
import { resultLines } from '../../../src/terminal/transcript/results/result-view.ts';

const NOW = new Date('2026-11-20T09:00:00Z');
const call = {
  cli: [],
  console: null,
  account: 'shop',
  regions: ['ap-northeast-2'],
  aws_calls: 3,
  retries: 0,
  elapsed_ms: 1,
};
const rest = { coverage: { looked_at: [], gaps: [] }, call };
const row = {
  id: 'orders-db',
  engine: 'postgres',
  engine_version: '16.4',
  class: 'db.r6g.large',
  status: 'available',
  multi_az: true,
  storage_gb: 200,
  replicas: ['orders-db-replica'],
  parameters: 'pending-reboot',
  pending: { class: 'db.r6g.xlarge' },
  performance_insights: true,
  region: 'ap-northeast-2',
  account: 'shop',
  tags: {},
};
const LIST: ToolOutput<'list_databases'> = {
  databases: [row, { ...row, id: 'full-db', status: 'storage-full', parameters: 'in-sync', pending: {} }],
  counts: { available: 1, 'storage-full': 1 },
  ...rest,
};
const EVENTS: ToolOutput<'list_database_events'> = {
  database: 'orders-db',
  matched: 'close',
  since: '2026-11-19T09:00:00.000Z',
  until: '2026-11-20T09:00:00.000Z',
  events: [
    {
      at: '2026-11-20T08:30:00.000Z',
      source: 'orders-db-replica',
      source_type: 'db-instance',
      message: 'Replication lag\u202e has exceeded 900 seconds.',
      categories: ['failure'],
    },
  ],
  ...rest,
};
const LOAD: ToolOutput<'get_database_load'> = {
  database: 'orders-db',
  matched: 'exact',
  since: '2026-11-20T08:00:00.000Z',
  until: '2026-11-20T09:00:00.000Z',
  vcpus: 2,
  load: {
    average: 6,
    max: 9,
    max_at: '2026-11-20T08:31:00.000Z',
    last: 6,
    start: '2026-11-20T08:30:00.000Z',
    period_s: 60,
    values: [3, 9, null, 6],
  },
  waits: [{ name: 'CPU', load: 4.5 }],
  statements: [
    {
      statement: 'SELECT *\nFROM invoices',
      load: 4.8,
      calls_per_s: 0.4,
      waits: [{ name: 'CPU', load: 4 }],
    },
  ],
  users: [{ name: 'report', load: 5 }],
  hosts: [{ name: '10.1.2.3', load: 5 }],
  ...rest,
};
const OFF: ToolOutput<'get_database_load'> = {
  ...LOAD,
  load: null,
  waits: [],
  statements: [],
  users: [],
  hosts: [],
  coverage: {
    looked_at: [],
    gaps: [{ what: 'load of orders-db', why: 'not_configured', detail: 'It is off.', region: 'eu-west-1' }],
  },
};

function answer(tool: ToolName, data: Record<string, unknown>, language: Language = 'en'): string[] {
  const setting = { words: WORDS[language].answers, now: NOW, timeZone: 'UTC' };
  return answerOf(tool, { database: 'ordersdb' }, data, setting).found.split('\n');
}

describe('what is said of databases', () => {
  test('how many in each status, and what is not as it should be', () => {
    expect(answer('list_databases', LIST)).toEqual([
      '2 databases: 1 available (orders-db), 1 storage-full (full-db).',
      'orders-db is available: changed parameters wait for a reboot; waiting for the maintenance window: class db.r6g.xlarge.',
      'full-db is storage-full.',
    ]);
    expect(answer('list_databases', { ...LIST, databases: [] })).toEqual(['There are no databases.']);
  });

  test('events, with whose they are, drawn plainly', () => {
    expect(answer('list_database_events', EVENTS)).toEqual([
      'Taking "ordersdb" for orders-db.',
      '1 event of orders-db between yesterday 09:00 and 09:00.',
      String.raw`08:30 orders-db-replica: Replication lag\u{202e} has exceeded 900 seconds.`,
    ]);
  });

  test('the load against the vCPUs, and the statement that costs most', () => {
    expect(answer('get_database_load', LOAD)).toEqual([
      'orders-db: 6 sessions active on average for 2 vCPUs, at most 9 at 08:31, now 6.',
      'Busy with: CPU 4.5.',
      String.raw`Costliest SQL (4.8, 80 % of the load; CPU 4): SELECT *\nFROM invoices`,
      'From: report 5; 10.1.2.3 5.',
    ]);
    expect(answer('get_database_load', OFF)[1]).toContain(
      'aws rds modify-db-instance --db-instance-identifier orders-db --enable-performance-insights --apply-immediately --region eu-west-1',
    );
  });

  test('in the language of the person', () => {
    expect(answer('list_databases', LIST, 'ko')[1]).toContain('변경된 파라미터가 재부팅을 기다리는 중');
    expect(answer('get_database_load', LOAD, 'zh')[0]).toContain('平均活跃会话 6（2 个 vCPU）');
  });
});

describe('a list narrowed by what was said of its rows', () => {
  const left = async (narrowing: Narrowing) => {
    const call = {
      tool: 'list_databases',
      arguments: {},
      risk: 'read' as const,
      namedInFull: false,
      narrow: [narrowing],
    };
    // Nothing has to be looked up for it.
    const { data, unheld } = await narrow(call, LIST, null as never);
    const { databases, counts } = data as typeof LIST;
    return [databases.map(({ id }) => id), counts, unheld];
  };

  test('by name and class; by what they do not have, not at all', async () => {
    expect(await left({ by: 'name', value: 'full-db' })).toEqual([['full-db'], { 'storage-full': 1 }, []]);
    expect(await left({ by: 'type', value: 'db.t3.micro' })).toEqual([[], {}, []]);
    const [all, , unheld] = await left({ by: 'group', value: 'web-asg' });
    expect([all, unheld]).toEqual([['orders-db', 'full-db'], ['web-asg']]);
  });
});

describe('what is drawn of databases', () => {
  const drawn = (
    tool: ToolName,
    data: Record<string, unknown>,
    columns: number,
    language: Language = 'en',
  ) => {
    const size = { columns, rows: 40 };
    const context = viewContext({
      language,
      size,
      account: null,
      accountClock: null,
      timeZone: 'UTC',
      now: NOW.getTime(),
    });
    return resultLines(tool, data, 'unknown shape', context);
  };

  test('a table of databases, of events, and the load with its statements', () => {
    const list = drawn('list_databases', LIST, 160).map(lineText).join('\n');
    expect(list).toMatch(
      /orders-db +available +postgres 16\.4 Multi-AZ +db\.r6g\.large +200 GiB +pending-reboot/,
    );
    expect(drawn('list_database_events', EVENTS, 120).map(lineText).join('\n')).toContain(
      'orders-db-replica',
    );
    const load = drawn('get_database_load', LOAD, 120).map(lineText).join('\n');
    expect(load).toContain('avg 6 · max 9 (08:31)');
    expect(load).toContain('SELECT * FROM invoices');
    expect(tableOf('get_database_load', LOAD).join('\n')).toMatch(/sql +4\.8 +0\.4 +CPU 4/);
    expect(tableOf('list_databases', LIST).join('\n')).toContain('full-db');
  });

  test.each(LANGUAGES)('fits a narrow terminal in %s', (language) => {
    for (const [tool, data] of [
      ['list_databases', LIST],
      ['list_database_events', EVENTS],
      ['get_database_load', LOAD],
    ] as const) {
      const lines = drawn(tool, data, 40, language);
      expect(lines.map(lineText).join('\n')).not.toContain('unknown shape');
      expect(Math.max(...lines.map(lineCells))).toBeLessThanOrEqual(40);
    }
  });
});
