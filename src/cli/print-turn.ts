import stringWidth from 'string-width';
import { callFacts } from '../../mcp-server/contract/call.ts';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import type { AccountReport } from '../../mcp-server/contract/wire.ts';
import { linesOf } from '../approval/proposal-lines.ts';
import { callText } from '../assistant/call-text.ts';
import type { CallView, EngineEvent } from '../domain/events.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { Language } from '../domain/reading.ts';
import { WORDS } from '../language/conversation.ts';
import type { Output } from './output.ts';
import { tableOf } from './tables/of-tool.ts';

/** Prints a turn as it happens: answers and tables as data, everything about them beside it. */
export function createTurnPrinter(
  output: Output,
  language: Language,
  dialogOf: (proposal: Proposal) => boolean,
): (event: EngineEvent) => void {
  const { talk, approval } = WORDS[language];
  let shown = '';
  let tableNext: string[] = [];

  function card({ call, state }: CallView): void {
    if (state.status === 'running') output.progress(output.dim(`… ${callText(call.tool, call.arguments)}`));
    if (state.status === 'awaiting_approval') showProposal(state.proposal);
    if (state.status !== 'done') return;
    tableNext = tableOf(call.tool, state.data);
    const facts = callFacts.safeParse(state.data.call);
    const about = facts.success
      ? [facts.data.account, facts.data.regions.join(' '), plural(facts.data.aws_calls, 'AWS call')]
      : [];
    const line = [callText(call.tool, call.arguments), ...about, `${state.elapsedMs} ms`];
    output.note(output.dim(line.filter((part) => part !== '').join(' · ')));
    if (facts.success) for (const cli of facts.data.cli) output.note(output.dim(`  $ ${plainLine(cli)}`));
  }

  /** What is asked for: a dialog on the terminal shows it itself. */
  function showProposal(proposal: Proposal): void {
    if (shown === proposal.id || dialogOf(proposal)) return;
    shown = proposal.id;
    const lines = linesOf(proposal, [], approval);
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
        for (const line of event.text.split('\n')) output.data(line);
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
      case 'turn_started':
      case 'understood':
      case 'approval_asked':
      case 'approval_settled':
      case 'turn_ended':
        return;
    }
  };
}

/** What a person must know of the account before they believe an answer. */
export function reportLines(
  report: AccountReport,
  recovered: (tool: string, finding: string) => string,
): string[] {
  return [
    ...report.notes.map(plainLine),
    ...report.recovered.map(({ tool, finding }) => recovered(tool, plainLine(finding))),
  ];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
