import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OptionError } from '../options.ts';

/** The variable a token may come in; it never stands on a command line, which everybody on the machine can read. */
export const TOKEN_VARIABLE = 'AIOPS_MCP_TOKEN';

const SHORTEST = 20;
const BYTES = 32;

/** `from`: where a person finds it; never the token itself. */
export type Token = { token: string; from: string };

/**
 * The bearer token: from the environment, else from a file only its owner can read, which is made at first
 * use. Throws `OptionError` for a token that can be guessed or a file that others can read.
 *
 * @param stateFolder where the file is when `file` names none
 */
export function bearerToken({
  environment,
  file,
  stateFolder,
  random,
}: {
  environment: NodeJS.ProcessEnv;
  file: string | undefined;
  stateFolder: string;
  random: (bytes: number) => Buffer;
}): Token {
  const given = environment[TOKEN_VARIABLE]?.trim();
  if (given) return { token: checked(given, TOKEN_VARIABLE), from: `the variable ${TOKEN_VARIABLE}` };
  const path = file ?? join(stateFolder, 'mcp-token');
  const kept = readKept(path, file !== undefined);
  if (kept !== null) return { token: checked(kept, path), from: path };
  return { token: madeIn(path, random), from: path };
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

function madeIn(path: string, random: (bytes: number) => Buffer): string {
  const token = random(BYTES).toString('base64url');
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${token}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new OptionError(`no token could be kept: ${error instanceof Error ? error.message : error}`);
  }
  return token;
}

function checked(token: string, from: string): string {
  if (/^[\x21-\x7e]+$/.test(token) && token.length >= SHORTEST) return token;
  throw new OptionError(`the token in ${from} must be at least ${SHORTEST} characters, without blanks`);
}
