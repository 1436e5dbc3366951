import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tools } from '../src/tools/tools.ts';
import { median, printFigures } from './figures.ts';
import { inOwnFolders } from './place.ts';
import { withToolsOn } from './tools-on.ts';

const LINES = 1_000_000;
const RUNS = 5;
const GROUP = '/bench/requests';

const QUERIES: Readonly<Record<string, string>> = {
  'filter + stats by time': 'filter @message like /(?i)error/ | stats count(*) by bin(5m)',
  'filter + limit': 'filter @message like "worker-3" | limit 100',
  'parse + stats by field':
    'parse @message "worker-* in * ms" as worker, ms | stats avg(ms), pct(ms, 99) by worker',
};

/** Logs Insights in a simulated account: a million lines through the whole line from client to simulator. */
export async function benchInsights({ json }: { json: boolean }): Promise<number> {
  return await inOwnFolders(async (folder, environment) => {
    await mkdir(join(folder, 'logs'));
    const text = lines();
    await writeFile(join(folder, 'logs', 'requests.log'), text);
    const account = join(folder, 'account.yaml');
    await writeFile(account, ACCOUNT);
    const figures = await withToolsOn(account, environment, async (tools) => {
      await tools.account();
      const first = await timed(tools, 'limit 1');
      const all: Record<string, number> = { 'first query, file read with it, ms': first };
      for (const [name, query] of Object.entries(QUERIES)) {
        const times: number[] = [];
        for (let run = 0; run < RUNS; run += 1) times.push(await timed(tools, query));
        all[`${name}, median ms`] = median(times);
      }
      return all;
    });
    printFigures({ lines: LINES, megabytes: text.length / 1e6, ...figures }, json);
    return 0;
  });
}

async function timed(tools: Tools, query: string): Promise<number> {
  const began = performance.now();
  const result = await tools.call('query_logs', { log_group: GROUP, query, last: '24h' });
  if (result.kind !== 'done') throw new Error(result.failure.message);
  if (result.data.statistics.scanned !== LINES)
    throw new Error(`${result.data.statistics.scanned} lines scanned`);
  return performance.now() - began;
}

const ACCOUNT = `account: "333344445555"
alias: bench
regions: [ap-northeast-2]
clock: 2026-11-20T09:00:00Z
logs: [{group: ${GROUP}, file: logs/requests.log}]
`;

function lines(): string {
  const start = Date.parse('2026-11-20T00:00:00Z');
  const all: string[] = [];
  for (let n = 0; n < LINES; n += 1) {
    const level = n % 17 === 0 ? 'ERROR' : 'INFO';
    all.push(
      `${new Date(start + n * 20).toISOString()} ${level} request ${n} by worker-${n % 8} in ${n % 300} ms`,
    );
  }
  return all.join('\n');
}
