import { resolve } from 'node:path';
import { type Configuration, DEFAULT_SESSION_DAYS } from '../../mcp-server/contract/configuration.ts';
import type { Beginning } from '../terminal/errands.ts';
import { configured } from './configured-language.ts';
import type { Options } from './options.ts';
import { UsageError } from './usage-error.ts';

/** What the chat's own options gave. */
export type ChatFlags = { continue?: boolean; resume?: string | boolean };

/** How the chat looks and what it begins with. */
export type ChatSettings = {
  screenReader: boolean;
  theme: 'auto' | 'dark' | 'light';
  colour: boolean;
  beginning?: Beginning;
};

export type SessionSettings = {
  /** For how many days a session is kept after it was last used; 0: not at all. */
  days: number;
  /** The flags that choose the account this chat is about: `--account demo`. */
  asked: string;
};

/** The flags, the environment and the configuration file, in this order. Throws `UsageError`. */
export async function chatSettings(
  given: ChatFlags,
  options: Options,
  environment: NodeJS.ProcessEnv,
): Promise<{ chat: ChatSettings; sessions: SessionSettings }> {
  const configuration = await configured(options, environment);
  const beginning = beginningOf(given);
  return {
    chat: {
      screenReader:
        options.screenReader ||
        truth(environment.AIOPS_SCREEN_READER) ||
        configuration.screen_reader === true,
      theme: configuration.theme ?? 'auto',
      colour: options.colour,
      ...(beginning ? { beginning } : {}),
    },
    sessions: {
      days: configuration.session_days ?? DEFAULT_SESSION_DAYS,
      asked: accountAsked(options, configuration, environment),
    },
  };
}

function beginningOf(given: ChatFlags): Beginning | null {
  if (given.continue && given.resume !== undefined)
    throw new UsageError('--continue and --resume exclude each other; give one');
  if (given.continue) return { begin: 'last' };
  if (typeof given.resume === 'string') return { begin: 'session', id: given.resume };
  return given.resume === true ? { begin: 'choose' } : null;
}

/** A variable that is set to anything but what people write for "no". */
function truth(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false', 'no', 'off'].includes(value.toLowerCase());
}

/** What needs no quotes in a shell. */
const PLAIN_WORD = /^[\w./:@%+=-]+$/;

/**
 * The flags that choose this account wherever one stands: what the command line says, else the configuration,
 * else the environment, as the server itself decides.
 */
function accountAsked(
  options: Options,
  { account, accounts = [] }: Configuration,
  environment: NodeJS.ProcessEnv,
): string {
  const flag = (name: string) =>
    options.server.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
  const named = flag('account');
  const profile = flag('profile') ?? environment.AWS_PROFILE;
  if (named === undefined && flag('profile') !== undefined) return phrase('profile', profile ?? '');
  const wanted = named ?? account ?? accounts[0]?.name;
  if (wanted === undefined) return profile ? phrase('profile', profile) : '';
  const isName = ['demo', 'aws'].includes(wanted) || accounts.some((one) => one.name === wanted);
  return phrase('account', isName ? wanted : resolve(wanted));
}

function phrase(flag: string, value: string): string {
  return `--${flag} ${PLAIN_WORD.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`}`;
}
