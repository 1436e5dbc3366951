import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changePassphrase, ensureKey, needsPassphrase, unlockKey } from '../../src/approval/key.ts';
import { KeyError, keyPaths } from '../../src/approval/key-folder.ts';
import type { KeyProblem } from '../../src/domain/approval-words.ts';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'aiops-key-'));
  folder = join(root, 'config', 'aiops');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function problemOf(work: () => unknown): KeyProblem {
  try {
    work();
  } catch (error) {
    if (error instanceof KeyError) return error.problem;
    throw error;
  }
  throw new Error('no problem');
}

describe('the approval key', () => {
  it('is made at its first use: private for its owner, its public half trusted', () => {
    const key = unlockKey(folder);
    const paths = keyPaths(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(paths.approvers).mode & 0o777).toBe(0o700);
    expect(statSync(paths.privateKey).mode & 0o777).toBe(0o600);
    expect(statSync(paths.publicKey(key.id)).mode & 0o777).toBe(0o600);
    expect(readFileSync(paths.publicKey(key.id), 'utf8')).toContain('BEGIN PUBLIC KEY');
    expect(readdirSync(folder).sort()).toEqual(['approver.key', 'approvers']);
    expect(unlockKey(folder).id).toBe(key.id);
  });

  it('is one key also when two programs need it at once', async () => {
    const fixture = fileURLToPath(new URL('./fixtures/unlock.ts', import.meta.url));
    const ids = await Promise.all(
      [1, 2, 3].map(async () => {
        const child = spawn(process.execPath, [fixture, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
        let out = '';
        child.stdout.on('data', (chunk) => {
          out += chunk;
        });
        await once(child, 'close');
        return out;
      }),
    );
    expect(ids).toEqual(ids.map(() => unlockKey(folder).id));
    expect(readdirSync(keyPaths(folder).approvers)).toEqual([`${ids[0]}.pub`]);
  });

  it('can have a passphrase, another one, and none again, and stays the same key', () => {
    const { id } = unlockKey(folder);
    expect(needsPassphrase(folder)).toBe(false);
    changePassphrase(folder, undefined, 'first');
    expect(needsPassphrase(folder)).toBe(true);
    expect(readFileSync(keyPaths(folder).privateKey, 'utf8')).toContain('ENCRYPTED');
    expect(problemOf(() => unlockKey(folder))).toEqual({ code: 'passphrase_needed' });
    expect(problemOf(() => unlockKey(folder, 'other'))).toEqual({ code: 'passphrase_wrong' });
    expect(problemOf(() => changePassphrase(folder, 'other', 'x'))).toEqual({ code: 'passphrase_wrong' });
    changePassphrase(folder, 'first', 'second');
    expect(unlockKey(folder, 'second').id).toBe(id);
    changePassphrase(folder, 'second', null);
    expect(unlockKey(folder).id).toBe(id);
    expect(statSync(keyPaths(folder).privateKey).mode & 0o777).toBe(0o600);
  });

  it('can be made with a passphrase from the start', () => {
    ensureKey(folder, 'from the start');
    expect(needsPassphrase(folder)).toBe(true);
    expect(unlockKey(folder, 'from the start').id).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([0o640, 0o604, 0o660])('is not used when others can read it (%o)', (mode) => {
    unlockKey(folder);
    const path = keyPaths(folder).privateKey;
    chmodSync(path, mode);
    expect(problemOf(() => unlockKey(folder))).toMatchObject({
      code: 'exposed',
      path,
      fix: `chmod 600 '${path}'`,
    });
  });

  it('is not used when others can write its folder', () => {
    unlockKey(folder);
    chmodSync(folder, 0o770);
    expect(problemOf(() => unlockKey(folder))).toMatchObject({ code: 'exposed', path: folder });
  });

  it('is named when it is no key', () => {
    unlockKey(folder);
    writeFileSync(keyPaths(folder).privateKey, 'hello');
    expect(problemOf(() => unlockKey(folder))).toMatchObject({ code: 'not_a_key' });
  });

  it('says so when it cannot be made', () => {
    writeFileSync(join(root, 'config'), 'a file');
    expect(problemOf(() => unlockKey(folder))).toMatchObject({ code: 'unusable' });
  });
});
