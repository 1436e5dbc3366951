import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { CATALOGUE } from '../../../mcp-server/contract/catalogue.ts';
import { gravestRisk } from '../../../mcp-server/contract/risk.ts';
import { METHODS } from '../../../mcp-server/contract/wire.ts';
import { needsPassphrase } from '../../approval/key.ts';
import { KeyError, keyPaths } from '../../approval/key-folder.ts';
import { plainLine } from '../../domain/plain-text.ts';
import { WORDS } from '../../language/conversation.ts';
import { stateFolder } from '../../store/state-folder.ts';
import { type Tools, ToolsError } from '../../tools/tools.ts';
import { configurationFolder } from '../configuration-folder.ts';
import type { ExitName } from '../exit-codes.ts';
import { jsonLine } from '../json-line.ts';
import type { Options } from '../options.ts';
import type { Output } from '../output.ts';
import type { CliParts } from '../parts.ts';
import { accountChecks } from './account-checks.ts';
import { type Check, failure, good, note, warning } from './check.ts';
import { machineChecks } from './machine-checks.ts';

/** Less than this and the next entry of the audit log may find the disk full. */
const ENOUGH_BYTES = 50 * 2 ** 20;

/** `aiops doctor`: what would keep the product from working here, and what to do about each. */
export async function doctor(
  options: Options,
  parts: CliParts,
  tools: Tools,
  output: Output,
): Promise<ExitName> {
  const { stdin, stdout } = parts.streams;
  const checks = [
    ...machineChecks({
      nodeVersion: process.versions.node,
      platform: process.platform,
      environment: parts.environment,
      terminal: {
        input: stdin.isTTY === true,
        output: stdout.isTTY === true,
        columns: 'columns' in stdout ? Number(stdout.columns) : undefined,
        rows: 'rows' in stdout ? Number(stdout.rows) : undefined,
      },
    }),
    stateCheck(stateFolder(parts.environment)),
    keyCheck(configurationFolder(parts.environment)),
    ...(await serverChecks(tools)),
    good('model', 'the built-in planner; it needs no model, and this version uses none'),
    note('chroma', 'not used in this version'),
  ];
  for (const check of checks) output.data(options.json ? jsonLine(check) : lineOf(check, output));
  const failed = checks.filter(({ status }) => status === 'failure').length;
  const warned = checks.filter(({ status }) => status === 'warning').length;
  output.note(
    failed + warned === 0 ? 'Nothing is amiss.' : `${failed} will not work, ${warned} could be better.`,
  );
  return failed > 0 ? 'failed' : 'done';
}

const MARKS = { good: '✓', note: '·', warning: '!', failure: '✗' } as const;

function lineOf({ name, status, found, todo }: Check, output: Output): string {
  const line = `${MARKS[status]} ${output.bold(name)}: ${found}`;
  return todo ? `${line}\n    ${todo}` : line;
}

/** Everything that only the server can tell. A server that does not start is the one thing there is to say. */
async function serverChecks(tools: Tools): Promise<Check[]> {
  try {
    const report = await tools.account();
    const enabled = Object.keys(CATALOGUE).filter(
      (name) => !report.read_only || gravestRisk(name) === 'read',
    );
    const [{ accounts }, { verdict }] = await Promise.all([
      tools.ask(METHODS.checkup, { tools: enabled }),
      tools.ask(METHODS.auditVerify, {}),
    ]);
    return [
      configurationCheck(report.notes),
      verdict.intact
        ? good('audit log', `intact, ${verdict.entries} lines`)
        : failure(
            'audit log',
            `not intact: ${verdict.problems.length} problems`,
            'See `aiops audit verify`.',
          ),
      ...accounts.flatMap(accountChecks),
    ];
  } catch (error) {
    if (!(error instanceof ToolsError)) throw error;
    const { message, hint } = error.failure;
    return [failure('server', plainLine(message), hint ?? 'Run again with --debug to see why.')];
  }
}

function configurationCheck(notes: readonly string[]): Check {
  if (notes.length === 0) return good('configuration', 'loads');
  return failure(
    'configuration',
    notes.map(plainLine).join(' '),
    'Mend the file: nothing may be changed until then.',
  );
}

function stateCheck(folder: string): Check {
  const there = nearest(folder);
  try {
    accessSync(there, constants.W_OK);
  } catch {
    return failure(
      'state',
      `${plainLine(folder)} cannot be written`,
      'Give yourself the folder, or set XDG_STATE_HOME: without it nothing may be changed and no session is kept.',
    );
  }
  const { bavail, bsize } = statfsSync(there);
  const free = bavail * bsize;
  if (free < ENOUGH_BYTES)
    return warning(
      'state',
      `${plainLine(folder)}: ${Math.floor(free / 2 ** 20)} MiB left on the disk`,
      'Make room.',
    );
  return good('state', plainLine(folder));
}

/** The folder itself, or of those above it the first that is there. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

function keyCheck(folder: string): Check {
  const { privateKey } = keyPaths(folder);
  if (!existsSync(privateKey)) return note('approval key', 'none yet; the first approval makes it');
  try {
    return needsPassphrase(folder)
      ? good('approval key', `${plainLine(privateKey)}, with a passphrase`)
      : good('approval key', plainLine(privateKey));
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    return failure(
      'approval key',
      WORDS.en.approval.key(error.problem),
      'Nothing can be approved before that is mended.',
    );
  }
}
