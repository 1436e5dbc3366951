import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { allowedHosts, parseAddress } from '../../mcp-server/http/address.ts';
import { bearerToken } from '../../mcp-server/http/token.ts';

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aiops-token-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'state');
}

test('of two servers that start at once, both take the token that was kept first', () => {
  const stateFolder = freshFolder();
  const source = { environment: {}, file: undefined, stateFolder };
  const other = 'the-token-of-the-one-that-was-faster';
  const { token, from } = bearerToken(source, (bytes) => {
    // Between the look and the write, the other server makes its own.
    mkdirSync(stateFolder, { recursive: true });
    writeFileSync(join(stateFolder, 'mcp-token'), `${other}\n`, { mode: 0o600 });
    return Buffer.alloc(bytes, 7);
  });
  expect(token).toBe(other);
  expect(from).toBe(join(stateFolder, 'mcp-token'));
  expect(readdirSync(stateFolder)).toEqual(['mcp-token']);
});

test('a token that was made is for its owner alone and is found again', () => {
  const source = { environment: {}, file: undefined, stateFolder: freshFolder() };
  const made = bearerToken(source, (bytes) => Buffer.alloc(bytes, 7));
  expect((statSync(made.from).mode & 0o777).toString(8)).toBe('600');
  expect(bearerToken(source, (bytes) => Buffer.alloc(bytes, 9))).toEqual(made);
});

test.each(['127.0.0.2:7337', '[::1]:7337', '7337'])('--http %s may be called by its own name', (text) => {
  const address = parseAddress(text);
  expect(allowedHosts(address, []).has(address.host)).toBe(true);
});
