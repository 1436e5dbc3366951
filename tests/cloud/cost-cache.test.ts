import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFileCostCache, createMemoryCostCache } from '../../mcp-server/cloud/cost-cache.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'cost-cache-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('an answer lives until its time, not before it was given', () => {
  const cache = createMemoryCostCache();
  expect(cache.put('q', { total: 3 }, { at: 1_000, until: 2_000 })).toBeNull();
  expect(cache.get('q', 1_500)).toEqual({ at: 1_000, value: { total: 3 } });
  expect(cache.get('q', 2_000)).toBeNull();
  expect(cache.get('q', 999)).toBeNull();
  expect(cache.get('constructor', 1_500)).toBeNull();
});

test('two that share a file have what either put there, and nothing else lies about', () => {
  const where = folder();
  const file = join(where, 'state', 'cost-cache.json');
  const [one, other] = [createFileCostCache(file), createFileCostCache(file)];
  one.put('a', 1, { at: 0, until: 10 });
  other.put('b', 2, { at: 0, until: 10 });
  expect(one.get('b', 5)?.value).toBe(2);
  expect(other.get('a', 5)?.value).toBe(1);
  expect(readdirSync(join(where, 'state'))).toEqual(['cost-cache.json']);
});

test('it stays small: the oldest and what is over go', () => {
  const file = join(folder(), 'cost-cache.json');
  const cache = createFileCostCache(file);
  cache.put('gone', 'x', { at: 0, until: 1 });
  for (let at = 1; at <= 205; at += 1) cache.put(`q${at}`, 'x', { at, until: 1_000 });
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).entries)).toHaveLength(200);
  expect(cache.get('q1', 300)).toBeNull();
  expect(cache.get('q205', 300)?.value).toBe('x');
  cache.put('large', 'y'.repeat(1_999_000), { at: 300, until: 1_000 });
  expect(readFileSync(file, 'utf8').length).toBeLessThan(2_100_000);
  expect(cache.get('large', 301)).not.toBeNull();
});

test('a damaged file is an empty one; one that cannot be written is said', () => {
  const where = folder();
  const file = join(where, 'cost-cache.json');
  writeFileSync(file, '{"version":1,"entries":{"a":');
  const cache = createFileCostCache(file);
  expect(cache.get('a', 0)).toBeNull();
  mkdirSync(join(where, 'taken'));
  writeFileSync(join(where, 'taken', 'not-a-folder'), '');
  const problem = createFileCostCache(join(where, 'taken', 'not-a-folder', 'x.json')).put('a', 1, {
    at: 0,
    until: 1,
  });
  expect(problem).toContain('asking again costs again');
});
