import {
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { OptionError } from '../options.ts';

/** The variable a token may come in; it never stands on a command line, which everybody on the machine can read. */
export const TOKEN_VARIABLE = 'AIOPS_MCP_TOKEN';

const SHORTEST = 20;
const BYTES = 32;

/** `from`: where a person finds it; never the token itself. */
export type Token = { token: string; from: string };

type TokenSource = {
  environment: NodeJS.ProcessEnv;
  /** Where it is kept instead of in the state folder. */
  file: string | undefined;
  stateFolder: string;
};

/**
 * The bearer token: from the environment, else from a file only its owner can read; null when there is none.
 * Throws `OptionError` for a token that can be guessed or a file that others can read.
 */
export function keptToken({ environment, file, stateFolder }: TokenSource): Token | null {
  const given = environment[TOKEN_VARIABLE]?.trim();
  if (given) return { token: checked(given, TOKEN_VARIABLE), from: `the variable ${TOKEN_VARIABLE}` };
  const path = file ?? usualFile(stateFolder);
  const kept = readKept(path, file !== undefined);
  return kept === null ? null : { token: checked(kept, path), from: path };
}

/** The same; without one, a new one is made and kept. */
export function bearerToken(source: TokenSource, random: (bytes: number) => Buffer): Token {
  return keptToken(source) ?? made(source, random);
}

function usualFile(stateFolder: string): string {
  return join(stateFolder, 'mcp-token');
}

function readKept(path: string, asked: boolean): string | null {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    if (!asked && error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new OptionError(`the token file cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  try {
    const { mode } = fstatSync(handle);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new OptionError(`others can read the token file ${path}: chmod 600 '${path}'`);
    return readFileSync(handle, 'utf8').trim();
  } finally {
    closeSync(handle);
  }
}

/** Of servers that start at once the first one's token is everybody's; nobody reads half of one. */
function made(source: TokenSource, random: (bytes: number) => Buffer): Token {
  const path = usualFile(source.stateFolder);
  const token = random(BYTES).toString('base64url');
  const written = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(written, `${token}\n`, { mode: 0o600 });
    linkSync(written, path);
    return { token, from: path };
  } catch (error) {
    const first = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const kept = first ? keptToken(source) : null;
    if (kept !== null) return kept;
    throw new OptionError(`no token could be kept: ${error instanceof Error ? error.message : error}`);
  } finally {
    rmSync(written, { force: true });
  }
}

function checked(token: string, from: string): string {
  if (/^[\x21-\x7e]+$/.test(token) && token.length >= SHORTEST) return token;
  throw new OptionError(`the token in ${from} must be at least ${SHORTEST} characters, without blanks`);
}
