import { expect, test } from 'vitest';
import { parseOptions } from '../../mcp-server/options.ts';

test.each([
  [['--http', '0', '--server', 'http://127.0.0.1:7337/mcp'], /give one of them/],
  [['--allow-host', 'ops.example.org'], /--allow-host goes with --http/],
  [['--server', 'http://127.0.0.1:7337/mcp', '--allow-origin', 'https://a.example'], /--allow-origin goes/],
  [['--token-file', 'token'], /--token-file goes with --http or --server/],
])('%j would have no effect, and is said to', (words, said) => {
  expect(() => parseOptions(words)).toThrow(said);
});

test('each goes with what it is for', () => {
  expect(parseOptions(['--http', '0', '--allow-host', 'a', '--token-file', 't'])).toMatchObject({
    http: '0',
    allowHosts: ['a'],
    tokenFile: 't',
  });
  expect(parseOptions(['--server', 'https://a.example/mcp', '--token-file', 't']).tokenFile).toBe('t');
});
