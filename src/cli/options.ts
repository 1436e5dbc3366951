import { type NamedApproval, parseNamedApproval } from '../approval/names-exactly.ts';
import { LANGUAGES, type Language } from '../domain/reading.ts';
import { UsageError } from './usage-error.ts';

/**
 * The options every command takes. One table: commander's options, the help and the flags handed to the
 * server are made of it. `server`: the server takes the same flag.
 */
export const OPTIONS = [
  {
    name: 'account',
    value: 'account',
    server: true,
    help: 'an account file, "demo", "aws" or a configured name',
  },
  { name: 'profile', value: 'name', server: true, help: 'a profile of the AWS configuration files' },
  { name: 'region', value: 'region', server: true, many: true, help: 'a region to look at (repeatable)' },
  {
    name: 'server',
    value: 'url',
    server: true,
    help: "a server that runs already (aiops-mcp --http); its token: AIOPS_MCP_TOKEN, else the state folder's",
  },
  { name: 'read-only', server: true, help: 'refuse everything that changes something' },
  { name: 'config', value: 'file', server: true, help: 'the configuration file' },
  { name: 'keep', server: true, help: "keep a simulated account's changes for the next run" },
  { name: 'now', value: 'time', server: true, help: "a simulated account's clock at the start (ISO 8601)" },
  { name: 'speed', value: 'n', server: true, help: 'simulated seconds in a real one' },
  { name: 'debug', server: true, help: 'show what happens inside, and stack traces' },
  { name: 'lang', value: 'lang', server: false, help: `the language of answers: ${LANGUAGES.join(', ')}` },
  { name: 'json', server: false, help: 'print JSON' },
  {
    name: 'approve',
    value: 'tool:resource',
    server: false,
    many: true,
    help: 'approve this tool on exactly this resource, whatever its other arguments (repeatable)',
  },
  { name: 'no-color', server: false, help: 'no colours' },
  {
    name: 'screen-reader',
    server: false,
    help: 'plain labelled lines and nothing that moves, for a screen reader',
  },
] as const satisfies readonly OptionSpec[];

export type OptionSpec = {
  name: string;
  /** The value's name in the help; an option without one is a switch. */
  value?: string;
  /** May be given several times. */
  many?: true;
  server: boolean;
  help: string;
};

/** The options as given, checked. */
export type Options = {
  /** Flags for the server, as it takes them. */
  server: string[];
  language: Language | null;
  json: boolean;
  approve: NamedApproval[];
  colour: boolean;
  screenReader: boolean;
  debug: boolean;
  speed: number;
  config: string | null;
};

/** What commander collected under an option's camel-case name. */
export type Given = Record<string, unknown>;

/** Throws `UsageError` for values that no option takes. */
export function readOptions(given: Given): Options {
  const language = text(given.lang);
  if (language !== null && !isLanguage(language))
    throw new UsageError(`--lang takes ${LANGUAGES.join(', ')}, not "${language}"`);
  const now = text(given.now);
  if (now !== null && Number.isNaN(Date.parse(now)))
    throw new UsageError(`--now takes an ISO 8601 time such as 2026-11-20T09:00:00Z, not "${now}"`);
  const speed = Number(text(given.speed) ?? '1');
  if (!(speed > 0 && speed <= 100_000))
    throw new UsageError(`--speed takes a number above 0, not "${text(given.speed)}"`);
  const approve = list(given.approve).map(namedApproval);
  return {
    server: serverFlags(given),
    language,
    json: given.json === true,
    approve,
    colour: given.color !== false,
    screenReader: given.screenReader === true,
    debug: given.debug === true,
    speed,
    config: text(given.config),
  };
}

function namedApproval(text: string): NamedApproval {
  const named = parseNamedApproval(text);
  if (named) return named;
  throw new UsageError(
    `--approve takes tool:resource with the exact name or id, such as reboot_instances:api-1, not "${text}"`,
  );
}

function serverFlags(given: Given): string[] {
  return OPTIONS.filter((option) => option.server).flatMap((option: OptionSpec) => {
    const value = given[camelCase(option.name)];
    if (option.value === undefined) return value === true ? [`--${option.name}`] : [];
    return list(value).map((one) => `--${option.name}=${one}`);
  });
}

export function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function isLanguage(of: string): of is Language {
  return LANGUAGES.some((language) => language === of);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function list(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
