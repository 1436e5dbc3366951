import stringWidth from 'string-width';
import { type CallFacts, callFacts } from '../../mcp-server/contract/call.ts';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import type { AccountReport } from '../../mcp-server/contract/wire.ts';
import { linesOf } from '../approval/proposal-lines.ts';
import { callText } from '../assistant/call-text.ts';
import type { CallView, EngineEvent } from '../domain/events.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { Language } from '../domain/reading.ts';
import { inFull } from '../domain/saying.ts';
import { WORDS } from '../language/conversation.ts';
import type { Output } from './output.ts';
import { tableOf } from './tables/of-tool.ts';

/** Of more AWS CLI lines than this, only so many are shown. */
const CLI_LINES = 5;

/** Prints a turn as it happens: answers and tables as data, everything about them beside it. */
export function createTurnPrinter(
  output: Output,
  language: Language,
  dialogOf: (proposal: Proposal) => boolean,
  now: () => Date,
): (event: EngineEvent) => void {
  const { talk, approval, answers } = WORDS[language];
  let shown = '';
  let dialog = false;
  let tableNext: string[] = [];

  function card({ call, state }: CallView): void {
    if (state.status === 'running') output.progress(output.dim(`… ${callText(call.tool, call.arguments)}`));
    if (state.status === 'awaiting_approval') showProposal(state.proposal);
    if (state.status !== 'done') return;
    tableNext = tableOf(call.tool, state.data);
    const facts = callFacts.safeParse(state.data.call);
    const about = facts.success
      ? [facts.data.account, facts.data.regions.join(' '), callsMade(facts.data)]
      : [];
    const line = [callText(call.tool, call.arguments), ...about, `${state.elapsedMs} ms`];
    output.note(output.dim(line.filter((part) => part !== '').join(' · ')));
    if (facts.success) cliLines(facts.data.cli);
  }

  function cliLines(cli: readonly string[]): void {
    const shown = cli.slice(0, cli.length > CLI_LINES + 1 ? CLI_LINES : undefined);
    for (const one of shown) output.note(output.dim(`  $ ${plainLine(one)}`));
    const left = cli.length - shown.length;
    if (left > 0) output.note(output.dim(`  +${answers.more(left)}`));
  }

  /** What is asked for: a dialog on the terminal shows it itself. */
  function showProposal(proposal: Proposal): void {
    if (shown === proposal.id || dialogOf(proposal)) return;
    shown = proposal.id;
    const lines = linesOf(proposal, [], approval, now().getTime());
    const width = Math.max(...lines.map(({ label }) => stringWidth(label)));
    for (const { label, text } of lines)
      output.note(`${output.dim(label + ' '.repeat(width - stringWidth(label)))}  ${text}`);
  }

  return (event) => {
    switch (event.type) {
      case 'call':
        card(event.view);
        return;
      case 'say':
        if (event.tone !== 'answer') {
          output.note(event.text);
          return;
        }
        for (const line of inFull(event).split('\n')) output.data(line);
        if (tableNext.length > 0) for (const line of ['', ...tableNext]) output.data(line);
        tableNext = [];
        return;
      case 'account':
        for (const line of reportLines(event.report, talk.recovered)) output.note(line);
        return;
      case 'server':
        if (event.state === 'restarting' || event.state === 'lost')
          output.note(
            output.dim(`server ${event.state}${event.detail ? `: ${plainLine(event.detail)}` : ''}`),
          );
        return;
      case 'approval_asked':
        dialog = dialogOf(event.proposal);
        return;
      case 'approval_settled':
        // The dialog itself does not say so: it ends before the signature is there.
        if (dialog && event.decision === 'approve') output.note(approval.approved);
        return;
      case 'alarms':
      case 'place':
      // The saying that closes its pieces says all of it.
      case 'say_part':
      case 'turn_started':
      case 'understood':
      case 'turn_ended':
        return;
    }
  };
}

/** What a person must know of the account before they believe an answer. */
function reportLines(
  report: AccountReport,
  recovered: (tool: string, at: string, finding: string) => string,
): string[] {
  return [
    ...report.notes.map(plainLine),
    ...report.accounts.flatMap(({ notes = [] }) => notes.map(plainLine)),
    ...report.recovered.map(({ tool, at, finding }) => recovered(tool, at, plainLine(finding))),
  ];
}

/** `5 AWS calls, 3 of them retries`. */
function callsMade({ aws_calls, retries }: Pick<CallFacts, 'aws_calls' | 'retries'>): string {
  const again = retries > 0 ? [`${retries} of them ${retries === 1 ? 'a retry' : 'retries'}`] : [];
  return [plural(aws_calls, 'AWS call'), ...again].join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
