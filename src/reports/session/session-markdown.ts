import { coverage } from '../../../mcp-server/contract/coverage.ts';
import { plainBlock, plainLine } from '../../domain/plain-text.ts';
import type { Language } from '../../domain/reading.ts';
import { type SessionReportWords, sessionReportWords } from '../../language/session-report-words.ts';
import { type ResultTable, resultTables } from './result-tables.ts';
import type { ExportedApproval, ExportedCall, ExportedTurn, SessionExport } from './session-export.ts';

type Setting = { words: SessionReportWords; local(iso: string): string };

/** A session as Markdown for people: who said what, what was called and found, what was approved. */
export function sessionMarkdown(of: SessionExport, language: Language, timeZone: string): string {
  const words = sessionReportWords(language);
  const setting = { words, local: (iso: string) => localTime(iso, timeZone) };
  const account = of.account && [of.account.name, of.account.account ?? ''].filter(Boolean).join(' · ');
  const notes = [
    words.times(timeZone),
    ...(of.unread > 0 ? [words.unread(of.unread)] : []),
    ...(of.masked > 0 ? [words.masked(of.masked)] : []),
  ];
  const blocks = [
    `# ${words.session} ${of.id}${of.title === '' ? '' : `: ${inline(of.title)}`}`,
    table(
      [],
      [
        ...(account ? [[words.account, account]] : []),
        [words.folder, of.folder],
        [words.began, setting.local(of.started_at)],
        [words.ended, setting.local(of.last_at)],
        ...(of.continues ? [[words.continues, of.continues]] : []),
      ],
    ),
    ...notes,
    ...(of.turns.length === 0 ? [words.nothingSaid] : of.turns.flatMap((turn) => turnBlocks(turn, setting))),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function turnBlocks(turn: ExportedTurn, setting: Setting): string[] {
  const { words, local } = setting;
  const outcome = words.outcomes[turn.outcome] ?? turn.outcome;
  return [
    `## ${turn.number}. ${inline(firstLine(turn.text))}`,
    `${local(turn.at)} · ${words.outcome}: ${outcome}`,
    ...(turn.text.includes('\n') ? [quoted(turn.text)] : []),
    ...turn.calls.flatMap((call) => callBlocks(call, setting)),
    ...turn.approvals.map((one) => approvalBlock(one, setting)),
    ...turn.said.map(({ tone, text, format }) => {
      const label = words.tones[tone];
      // Raw HTML in what a model wrote is text, not markup.
      const said = format === 'markdown' ? plainBlock(text).replaceAll('<', '&lt;') : paragraph(text);
      return label ? `**${label}:** ${said}` : said;
    }),
  ];
}

function callBlocks(call: ExportedCall, setting: Setting): string[] {
  const { words, local } = setting;
  const elapsed = call.elapsed_ms === undefined ? [] : [`${call.elapsed_ms} ms`];
  const status = words.statuses[call.status] ?? call.status;
  const seen = coverage.safeParse(call.result?.coverage);
  const gaps = seen.success ? seen.data.gaps : [];
  return [
    `### \`${call.tool}\` · ${[status, ...elapsed, local(call.at)].join(' · ')}`,
    ...(Object.keys(call.arguments).length > 0
      ? [`${words.arguments}: ${code(JSON.stringify(call.arguments))}`]
      : []),
    ...(call.cli.length > 0 ? [fenced(call.cli.join('\n'), 'sh')] : []),
    ...(call.console ? [`${words.console}: <${call.console}>`] : []),
    ...(call.failure ? [`**${call.failure.code}:** ${paragraph(call.failure.message)}`] : []),
    ...(call.reason === undefined ? [] : [`${words.reason}: ${paragraph(call.reason)}`]),
    ...(call.result ? resultBlocks(call.result, words) : []),
    ...gaps.map(({ what, detail }) => `${words.notSeen}: ${inline(what)}: ${paragraph(detail)}`),
  ];
}

function resultBlocks(result: Record<string, unknown>, words: SessionReportWords): string[] {
  const tables = resultTables(result);
  if (tables.length === 0) return [words.nothingFound];
  return tables.flatMap((one: ResultTable) => [
    ...(one.name === '' ? [] : [`${inline(one.name)}:`]),
    table(one.columns, one.rows),
    ...(one.more > 0 ? [words.more(one.more)] : []),
  ]);
}

function approvalBlock(of: ExportedApproval, { words, local }: Setting): string {
  const changes = of.changes.map(({ tool, targets, irreversible }) => {
    const names = targets.map(({ id, name }) => (name === '' || name === id ? id : `${name} (${id})`));
    const note = irreversible ? ` · ${words.cannotUndo}` : '';
    return `${code(tool)} ${inline(names.join(', '))}${note}`;
  });
  const decision = of.decision === null ? words.noDecision : (words.decisions[of.decision] ?? of.decision);
  const at = of.decided_at ? ` · ${local(of.decided_at)}` : '';
  return [
    `> **${words.approval}** (${words.proposal} ${of.proposal}): ${changes.join('; ')}`,
    `> ${inline(of.account)} ${inline(of.region)} · ${words.as} ${inline(of.identity)}`,
    ...of.flagged.map((flag) => `> ${inline(flag)}`),
    `> **${decision}**${at}`,
  ].join('  \n');
}

/** `2026-11-20 22:44:36 +09:00`. */
function localTime(iso: string, timeZone: string): string {
  const at = new Date(iso);
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const zone = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return `${parts.format(at)} ${zone === 'GMT' ? '+00:00' : (zone ?? '').replace('GMT', '')}`.trim();
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = Math.max(columns.length, ...rows.map((row) => row.length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, index) => inline(cells[index] ?? '')).join(' | ')} |`;
  const rule = `|${' --- |'.repeat(width)}`;
  return [line(columns), rule, ...rows.map(line)].join('\n');
}

/** Text as text: nothing in it is markup, and nothing a terminal obeys or hides. */
function inline(text: string): string {
  return plainLine(text.replace(/\s+/g, ' ')).replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}

function paragraph(text: string): string {
  return plainBlock(text).split('\n').map(inline).join('  \n');
}

function quoted(text: string): string {
  return plainBlock(text)
    .split('\n')
    .map((line) => `> ${inline(line)}`)
    .join('  \n');
}

/** As code, between more backticks than stand in it. */
function code(text: string): string {
  const plain = plainLine(text);
  const fence = '`'.repeat(longestRun(plain) + 1);
  return fence.length === 1 ? `\`${plain}\`` : `${fence} ${plain} ${fence}`;
}

function fenced(text: string, language: string): string {
  const plain = plainBlock(text);
  const fence = '`'.repeat(Math.max(3, longestRun(plain) + 1));
  return `${fence}${language}\n${plain}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

function firstLine(text: string): string {
  const [first = ''] = text.split('\n');
  return first;
}
