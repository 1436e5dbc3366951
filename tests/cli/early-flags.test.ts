import { expect, test } from 'vitest';
import { glance } from '../../src/cli/early-flags.ts';
import { readOptions } from '../../src/cli/options.ts';

const flagsOf = (argv: string[]) => {
  const seen = glance(argv);
  return seen ? readOptions(seen.given).server : null;
};

test.each([
  [['ask', 'list all instances', '--account', 'demo'], ['--account=demo']],
  [['--account=a file.yaml', 'ask', 'x'], ['--account=a file.yaml']],
  [
    ['ask', '--region', 'a', '--json', '--region', 'b', 'x'],
    ['--region=a', '--region=b'],
  ],
  [
    ['--read-only', '--keep', '--speed', '60'],
    ['--read-only', '--keep', '--speed=60'],
  ],
  [['ask', '--lang', 'ko', 'x'], []],
  [['ask', '--', '--account', 'demo'], []],
  [[], []],
])('%j starts the server with %j', (argv, flags) => {
  expect(flagsOf(argv)).toEqual(flags);
});

test.each([[['--help']], [['ask', '-h']], [['--version']], [['key', 'show']], [['ask', '--account']]])(
  '%j starts none',
  (argv) => {
    expect(flagsOf(argv)).toBeNull();
  },
);
