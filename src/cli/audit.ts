import { z } from 'zod';
import type { AuditEntry, AuditHead, AuditVerdict } from '../../mcp-server/contract/audit.ts';
import { METHODS } from '../../mcp-server/contract/wire.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { Tools } from '../tools/tools.ts';
import { exportProblems, readExport } from './audit-export.ts';
import type { ExitName } from './exit-codes.ts';
import { jsonLine } from './json-line.ts';
import type { Options } from './options.ts';
import type { Output } from './output.ts';
import { type Column, table } from './tables/table.ts';
import { UsageError } from './usage-error.ts';

const SHOWN = 50;
/** The most lines the server hands out at once. */
const PAGE = 10_000;

/** `aiops audit show`: the newest lines, oldest of them first. */
export async function auditShow(
  given: { last?: string },
  options: Options,
  tools: Tools,
  output: Output,
  /** Whether a person reads it, on a terminal: long details are cut there, and only there. */
  cut: boolean,
): Promise<ExitName> {
  const last = given.last === undefined ? SHOWN : Number(given.last);
  if (!Number.isInteger(last) || last < 1 || last > PAGE)
    throw new UsageError(`--last takes a number from 1 to ${PAGE}, not "${given.last}"`);
  const { entries } = await tools.ask(METHODS.auditShow, { last });
  if (options.json) for (const entry of entries) output.data(jsonLine(entry));
  else if (entries.length === 0) output.note('The audit log is empty.');
  else
    for (const line of table(entries, columns(cut ? DETAIL_WIDTH : Number.POSITIVE_INFINITY)))
      output.data(line);
  return 'done';
}

/** `aiops audit verify`: whether the chain is whole, and still holds every line of an earlier export. */
export async function auditVerify(
  given: { against?: string },
  options: Options,
  tools: Tools,
  output: Output,
): Promise<ExitName> {
  const against = given.against === undefined ? null : await readExport(given.against);
  const entriesAfter = async (after: number) =>
    (await tools.ask(METHODS.auditShow, { after, last: PAGE })).entries;
  const { verdict: ofLog } = await tools.ask(METHODS.auditVerify, against ? { against: against.head } : {});
  const verdict = against ? withExport(ofLog, await exportProblems(against, entriesAfter)) : ofLog;
  if (options.json) output.data(jsonLine(verdict));
  else {
    output.data(
      verdict.intact
        ? `Intact: ${verdict.entries} lines.`
        : `NOT INTACT: ${verdict.problems.length} problems.`,
    );
    for (const problem of verdict.problems) output.data(`  ${plainLine(problem)}`);
    if (verdict.open_intents.length > 0)
      output.data(`Intents without an outcome: ${verdict.open_intents.join(', ')}`);
  }
  return verdict.intact ? 'done' : 'failed';
}

/** `aiops audit export`: every line as JSON, then the signed head, to be kept elsewhere. */
export async function auditExport(tools: Tools, output: Output): Promise<ExitName> {
  let after = 0;
  let head: AuditHead | null = null;
  for (;;) {
    const page = await tools.ask(METHODS.auditShow, { after, last: PAGE });
    head = page.head;
    const fresh = page.entries.filter((entry) => entry.sequence > after);
    for (const entry of fresh) output.data(jsonLine(entry));
    const end = fresh.at(-1)?.sequence;
    if (end === undefined || (head && end >= head.sequence)) break;
    after = end;
  }
  if (head) output.data(jsonLine({ head }));
  else output.note('The audit log is empty: there is no head to sign.');
  return 'done';
}

function withExport(verdict: AuditVerdict, problems: string[]): AuditVerdict {
  const all = [...verdict.problems, ...problems];
  return { ...verdict, problems: all, intact: all.length === 0 };
}

const columns = (width: number): Column<AuditEntry>[] => [
  { title: 'LINE', value: (entry) => entry.sequence },
  { title: 'AT', value: (entry) => entry.at },
  { title: 'EVENT', value: (entry) => entry.event },
  { title: 'SUBJECT', value: (entry) => entry.subject ?? undefined },
  { title: 'SESSION', value: (entry) => entry.session.slice(0, 8) },
  { title: 'DETAIL', value: (entry) => detailText(entry.detail, width) },
];

const DETAIL_WIDTH = 160;

/** What a person looks for first; digests, keys and times are in the export. */
const TOLD = [
  'tool',
  'arguments',
  'targets',
  'result',
  'code',
  'rule',
  'reason',
  'finding',
  'message',
  'seen',
];

function detailText(detail: Record<string, unknown>, width: number): string {
  const text = TOLD.filter((key) => detail[key] !== undefined && detail[key] !== null)
    .map((key) => `${key}=${typeof detail[key] === 'string' ? detail[key] : JSON.stringify(detail[key])}`)
    .join(' ');
  const all = [stepsText(detail.steps), text].filter((part) => part !== '').join(' ');
  return all.length > width ? `${all.slice(0, width)}…` : all;
}

const STEPS = z.array(
  z.object({ tool: z.string(), targets: z.array(z.object({ id: z.string(), name: z.string() })) }),
);

/** What was proposed or approved: each step's tool and what it is for. */
function stepsText(steps: unknown): string {
  const known = STEPS.safeParse(steps);
  if (!known.success) return '';
  const on = ({ id, name }: { id: string; name: string }) => (id === name ? id : `${name} (${id})`);
  return known.data.map(({ tool, targets }) => `${tool} on ${targets.map(on).join(', ')}`).join('; ');
}
