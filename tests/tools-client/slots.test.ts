import { expect, test } from 'vitest';
import { createSlots } from '../../src/tools/slots.ts';

test('never more at once than there are slots, in order, and a failure frees its slot', async () => {
  const inSlot = createSlots(2);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const work = (n: number) => async () => {
    started.push(n);
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    if (n === 1) throw new Error('one fails');
    return n;
  };
  const ends = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => inSlot(work(n))));
  expect(most).toBe(2);
  expect(started).toEqual([0, 1, 2, 3, 4]);
  expect(ends.map((end) => end.status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
});
