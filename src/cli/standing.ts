import { randomBytes } from 'node:crypto';
import { durationMs } from '../../mcp-server/contract/call.ts';
import { CATALOGUE, isToolName } from '../../mcp-server/contract/catalogue.ts';
import type { CallProposal } from '../../mcp-server/contract/proposal.ts';
import { METHODS } from '../../mcp-server/contract/wire.ts';
import { unlockKey } from '../approval/key.ts';
import { KeyError } from '../approval/key-folder.ts';
import { SigningError, type StandingTerms, signStanding as sign, standingBody } from '../approval/sign.ts';
import { plainLine } from '../domain/plain-text.ts';
import { WORDS } from '../language/conversation.ts';
import { type Tools, ToolsError } from '../tools/tools.ts';
import { configurationFolder } from './configuration-folder.ts';
import { configuredLanguage } from './configured-language.ts';
import type { ExitName } from './exit-codes.ts';
import { jsonLine } from './json-line.ts';
import type { Given, Options } from './options.ts';
import type { Output } from './output.ts';
import type { CliParts } from './parts.ts';
import { UsageError } from './usage-error.ts';

type Asked = { tool: string; resource: string; given: Given };

/**
 * `aiops approvals standing`: proposes the call as it stands now, shows it with the terms of the grant in a
 * dialog, and signs a grant for just that call. The server decides what the call is; nothing of it is taken
 * from the command line unseen.
 */
export async function signStanding(
  asked: Asked,
  options: Options,
  parts: CliParts,
  tools: Tools,
  output: Output,
): Promise<ExitName> {
  const terms = termsOf(asked.given, parts.now());
  const [configured, answerer] = await Promise.all([
    configuredLanguage(options, parts.environment),
    parts.openAnswerer(options),
  ]);
  const language = configured ?? 'en';
  const words = WORDS[language].approval;
  const proposal = await propose(asked, tools);
  try {
    refuseAnother(asked, proposal);
    standingBody(proposal, terms.open);
    const decision = await answerer.ask({
      proposal,
      flagged: [],
      standing: terms,
      offer: 'yes_no',
      language,
    });
    if (decision.decision !== 'approve') {
      output.note(words.declined);
      return 'approval';
    }
    const key = unlockKey(configurationFolder(parts.environment), decision.passphrase);
    const grant = sign(key, proposal, terms, parts.now());
    await tools.ask(METHODS.submitGrant, { grant });
    if (options.json) output.data(jsonLine(grant));
    output.note(`Standing grant ${grant.id} is signed. End it with: aiops approvals revoke ${grant.id}`);
    return 'done';
  } catch (error) {
    if (error instanceof SigningError) return told(words.signing(error.problem), output);
    if (error instanceof KeyError) return told(words.key(error.problem), output);
    throw error;
  } finally {
    await withdraw(proposal, tools, output);
  }
}

/**
 * The proposal served to show the call; it must not wait for a yes of its own. That it could not be withdrawn
 * is said, and changes nothing of what became of the grant.
 */
async function withdraw(proposal: CallProposal, tools: Tools, output: Output): Promise<void> {
  try {
    await tools.ask(METHODS.decline, { id: proposal.id, reason: 'shown for a standing grant' });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    output.note(
      `The proposal ${proposal.id}, which showed the call, waits until ${proposal.expires_at}: ${plainLine(why)}`,
    );
  }
}

function told(why: string, output: Output): ExitName {
  output.note(why);
  return 'refused';
}

async function propose({ tool, resource, given }: Asked, tools: Tools): Promise<CallProposal> {
  if (!isToolName(tool)) throw new UsageError(`there is no tool "${tool}"`);
  const result = await tools.callAny(tool, argumentsOf(tool, resource, further(given.argument).values));
  if (result.kind === 'done') throw new UsageError(`${tool} ran without asking: it needs no standing grant`);
  const { proposal } = result.failure;
  if (result.failure.code === 'approval_required' && proposal?.kind === 'call') return proposal;
  throw new ToolsError(result.failure);
}

/** The arguments by which the tools name what they are for, in the catalogue's words. */
const NAMING = ['instances', 'instance', 'group', 'service', 'alarm', 'resource', 'resources'] as const;

/** A tool that takes no resource has one of its own, and a person who names another means something else. */
function refuseAnother({ tool, resource }: Asked, { targets }: CallProposal): void {
  if (!isToolName(tool) || NAMING.some((name) => name in CATALOGUE[tool].input.shape)) return;
  if (targets.some(({ id, name }) => id === resource || name === resource)) return;
  throw new UsageError(`${tool} is for ${targets.map(({ name }) => name).join(', ')}, not "${resource}"`);
}

function argumentsOf(
  tool: keyof typeof CATALOGUE,
  resource: string,
  more: Record<string, unknown>,
): Record<string, unknown> {
  const shape: Record<string, unknown> = CATALOGUE[tool].input.shape;
  const naming = NAMING.find((name) => name in shape);
  if (!naming) return more;
  return { [naming]: naming.endsWith('s') ? [resource] : resource, ...more };
}

/**
 * `name=value` pairs; a number stays a number, `name=*` leaves the argument open, and `detail.summary=*` is a
 * member of an object.
 */
function further(given: unknown): { values: Record<string, unknown>; open: string[] } {
  const pairs = (Array.isArray(given) ? given : []).map(String).map((pair): [string, string] => {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--argument takes name=value, not "${pair}"`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return {
    values: nested(
      pairs.map(([name, value]) => [name.split('.'), /^-?\d+$/.test(value) ? Number(value) : value]),
    ),
    open: pairs.filter(([, value]) => value === '*').map(([name]) => name),
  };
}

/** Paths and values as objects within objects. */
function nested(pairs: readonly [path: readonly string[], value: unknown][]): Record<string, unknown> {
  const byFirst = Map.groupBy(pairs, ([[first = '']]) => first);
  return Object.fromEntries(
    [...byFirst].map(([name, own]) => {
      const lone = own.find(([path]) => path.length === 1);
      return [name, lone ? lone[1] : nested(own.map(([path, value]) => [path.slice(1), value]))];
    }),
  );
}

function termsOf(given: Given, now: Date): StandingTerms {
  const [count, per] = text(given.rate).split('/');
  if (!/^[1-9]\d{0,3}$/.test(count ?? ''))
    throw new UsageError(`--rate takes count/duration such as 1/1d, not "${given.rate}"`);
  return {
    id: `SG-${randomBytes(5).toString('hex').toUpperCase()}`,
    open: further(given.argument).open,
    rate: { count: Number(count), seconds: duration('--rate', per ?? '') / 1_000 },
    expiresAt: new Date(now.getTime() + duration('--expires', text(given.expires))),
    reason: text(given.reason),
  };
}

function duration(option: string, of: string): number {
  try {
    return durationMs(of);
  } catch (error) {
    if (error instanceof RangeError)
      throw new UsageError(`${option} takes a duration such as 30m, 12h or 7d, not "${of}"`);
    throw error;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
