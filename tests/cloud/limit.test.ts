import { expect, test } from 'vitest';
import { createLimit } from '../../mcp-server/cloud/limit.ts';

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

test('no more than its number run at a time, the others in order', async () => {
  const limit = createLimit(2);
  const gates = [gate(), gate(), gate(), gate()];
  const started: number[] = [];
  const all = gates.map((one, index) =>
    limit(async () => {
      started.push(index);
      await one.opened;
    }),
  );
  await Promise.resolve();
  expect(started).toEqual([0, 1]);
  gates[1]?.open();
  await all[1];
  expect(started).toEqual([0, 1, 2]);
  for (const one of gates) one.open();
  await Promise.all(all);
  expect(started).toEqual([0, 1, 2, 3]);
});

test('one that gives up while waiting leaves its place to the next', async () => {
  const limit = createLimit(1);
  const first = gate();
  const running = limit(() => first.opened);
  const giveUp = new AbortController();
  const waiting = limit(async () => 'ran', giveUp.signal);
  const last = limit(async () => 'last');
  giveUp.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  first.open();
  await running;
  expect(await last).toBe('last');
});

test('a failure frees its place', async () => {
  const limit = createLimit(1);
  await expect(limit(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await limit(async () => 1)).toBe(1);
});
