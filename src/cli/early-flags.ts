import { camelCase, type Given, OPTIONS, type OptionSpec } from './options.ts';

/** Commands that talk to no server. */
const WITHOUT_SERVER = new Set(['help', 'iam-policy', 'key', 'mcp', 'sessions']);

/**
 * A first glance at the command line, before the parser is loaded: what the server will be started with, so
 * that it can start at once. Null when the command needs none, or when it cannot be told yet. A wrong guess
 * costs one short-lived process, nothing else: the parsed options decide.
 */
export function glance(argv: readonly string[]): { given: Given; words: string[] } | null {
  const given: Given = {};
  const words: string[] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i] ?? '';
    if (word === '--') {
      words.push(...argv.slice(i + 1));
      break;
    }
    if (['-h', '--help', '-V', '--version'].includes(word)) return null;
    if (!word.startsWith('--')) {
      words.push(word);
      continue;
    }
    const [name, inline] = split(word);
    const option: OptionSpec | undefined = OPTIONS.find((one) => one.name === name);
    if (!option) continue;
    if (option.value === undefined) {
      given[camelCase(option.name)] = true;
      continue;
    }
    const value = inline ?? argv[i + 1];
    if (inline === undefined) i += 1;
    if (value === undefined) return null;
    const key = camelCase(option.name);
    given[key] = option.many ? [...(Array.isArray(given[key]) ? given[key] : []), value] : value;
  }
  return WITHOUT_SERVER.has(words[0] ?? '') ? null : { given, words };
}

function split(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word.slice(2), undefined] : [word.slice(2, at), word.slice(at + 1)];
}
