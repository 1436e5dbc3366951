import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tools } from '../src/tools/tools.ts';
import { median, printFigures } from './figures.ts';
import { inOwnFolders } from './place.ts';
import { withToolsOn } from './tools-on.ts';

const SIZES = [10, 1_000, 10_000];
const RUNS = 3;

/** `list_instances`, and one metric for each instance: time, requests to AWS, bytes over the wire. */
export async function benchScale({ json }: { json: boolean }): Promise<number> {
  return await inOwnFolders(async (folder, environment) => {
    for (const size of SIZES) {
      const account = join(folder, `account-${size}.yaml`);
      await writeFile(account, accountOf(size));
      const figures = await withToolsOn(account, environment, async (tools) => {
        await tools.account();
        const list = await measured(tools, () => tools.call('list_instances', {}));
        const queries = Array.from({ length: size }, (_, n) => ({
          resource: idOf(n),
          metric: 'CPUUtilization',
        }));
        const metrics = await measured(tools, () => tools.call('get_metrics', { queries, last: '1h' }));
        return { list, metrics };
      });
      printFigures(
        {
          instances: size,
          'list_instances, median ms': figures.list.ms,
          'list_instances, AWS calls': figures.list.awsCalls,
          'list_instances, bytes over the wire': figures.list.bytes,
          'one metric each, median ms': figures.metrics.ms,
          'one metric each, AWS calls': figures.metrics.awsCalls,
          'one metric each, bytes over the wire': figures.metrics.bytes,
        },
        json,
      );
    }
    return 0;
  });
}

type Result = Awaited<ReturnType<Tools['callAny']>>;

async function measured(
  tools: Tools,
  call: () => Promise<Result>,
): Promise<{ ms: number; awsCalls: number; bytes: number }> {
  const times: number[] = [];
  let awsCalls = 0;
  let bytes = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const before = tools.traffic();
    const began = performance.now();
    const result = await call();
    times.push(performance.now() - began);
    if (result.kind !== 'done') throw new Error(result.failure.message);
    const after = tools.traffic();
    bytes = after.received - before.received + after.sent - before.sent;
    awsCalls = (result.data.call as { aws_calls: number }).aws_calls;
  }
  return { ms: median(times), awsCalls, bytes };
}

function idOf(n: number): string {
  return `i-${n.toString(16).padStart(17, '0')}`;
}

function accountOf(size: number): string {
  const numbers = Array.from({ length: size }, (_, n) => n);
  const rows = numbers.map(
    (n) => `  - {id: ${idOf(n)}, name: box-${n}, type: t3.micro, state: running, az: ap-northeast-2a}`,
  );
  return `account: "333344445555"\nalias: bench\nregions: [ap-northeast-2]\nec2:\n${rows.join('\n')}\n`;
}
