import { Command, CommanderError, Option } from 'commander';
import { type Tools, ToolsError } from '../tools/tools.ts';
import type { ChatFlags } from './chat-settings.ts';
import { EXIT_CODES, type ExitName, exitCodesHelp } from './exit-codes.ts';
import { MCP_CLIENTS } from './mcp-clients.ts';
import { type Given, OPTIONS, type OptionSpec, type Options, readOptions } from './options.ts';
import { createOutput, type Output } from './output.ts';
import type { CliParts } from './parts.ts';
import { UsageError } from './usage-error.ts';

type Run = (options: Options, output: Output) => Promise<ExitName>;

/** Reads the command line, runs its command, and resolves to the exit code. Never throws for bad input. */
export async function runCli(argv: readonly string[], parts: CliParts): Promise<number> {
  const { stdout, stderr } = parts.streams;
  const colour = stderr.isTTY === true && !argv.includes('--no-color') && !parts.environment.NO_COLOR;
  const output = createOutput(stdout, stderr, colour);
  let exit: number = EXIT_CODES.done.code;
  const act = async (command: Command, run: Run) => {
    const options = readOptions(command.optsWithGlobals());
    const name = await run(options, output);
    exit = EXIT_CODES[name].code;
  };
  try {
    await program(parts, act, output).parseAsync(argv, { from: 'user' });
  } catch (error) {
    exit = exitOfError(error, argv.includes('--debug'), output);
  }
  await output.flushed();
  return exit;
}

/** The chat is what the program does without a command, so that its own options stand under no command's help. */
const EARLIER_CHATS =
  'An earlier chat goes on with: aiops --continue (the last of this account), aiops --resume [id]';

type Act = (command: Command, run: Run) => Promise<void>;

function program(parts: CliParts, act: Act, output: Output): Command {
  const top = new Command('aiops')
    .description(
      "The on-call engineer's terminal for AWS: say what you want, see the evidence, approve what is dangerous.",
    )
    .version(parts.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.data(text.trimEnd()),
      writeErr: (text) => output.note(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /, 'aiops: ')),
    })
    .showSuggestionAfterError(true)
    .addHelpText('after', `\n${EARLIER_CHATS}\n${exitCodesHelp()}`);
  withOptions(top);

  command(top, 'chat', 'talk in the terminal (what "aiops" alone does)', { isDefault: true })
    .argument('[words...]')
    .option('-c, --continue', 'go on with the last session of this account')
    .option('-r, --resume [id]', 'go on with a session; without an id, list them to choose from')
    .action(async (words: string[], given: ChatFlags, self: Command) =>
      act(self, async (options) => {
        const { chat } = await import('./chat.ts');
        return await chat(words, given, options, parts);
      }),
    );

  command(top, 'ask', 'ask one thing, print the answer')
    .argument('[text...]', 'what is asked; without it, or with "-", standard input is read')
    .action(async (words: string[], _, self: Command) =>
      act(self, async (options) => {
        const { ask } = await import('./ask.ts');
        return await ask(words, options, parts, output);
      }),
    );

  command(top, 'plan', 'say what a text would lead to, and run nothing')
    .argument('[text...]')
    .option('--batch <file>', 'read many: a text or a JSON object with "text" a line; "-" for standard input')
    .action(async (words: string[], given: { batch?: string }, self: Command) =>
      act(self, async (options) => {
        const { plan } = await import('./plan.ts');
        return await plan(words, given.batch ?? null, options, parts, output);
      }),
    );

  sessionCommands(top, parts, act);
  approvalCommands(top, parts, act);
  auditCommands(top, parts, act);
  keyCommands(top, parts, act);
  setUpCommands(top, parts, act);
  return top;
}

function sessionCommands(top: Command, parts: CliParts, act: Act): void {
  const sessions = top.command('sessions').description('the conversations that are kept');
  command(sessions, 'list', 'the newest first', { isDefault: true })
    .option('--all', 'all of them')
    .action(async (given: { all?: boolean }, self: Command) =>
      act(self, async (options, output) => {
        const { listSessions } = await import('./sessions.ts');
        return await listSessions(given, options, parts, output);
      }),
    );
  command(sessions, 'show', 'print one, as Markdown')
    .argument('<id>')
    .action(async (id: string, _, self: Command) =>
      act(self, async (options, output) => {
        const { showSession } = await import('./sessions.ts');
        return await showSession(id, options, parts, output);
      }),
    );
  command(sessions, 'export', 'write one to a file')
    .argument('<id>')
    .option('--format <format>', 'md or json (default: by the file name, else md)')
    .option('--output <file>', 'where to; "-" for standard output (default: aiops-<id>.md or .json here)')
    .action(async (id: string, given: { format?: string; output?: string }, self: Command) =>
      act(self, async (options, output) => {
        const { exportSession } = await import('./sessions.ts');
        return await exportSession(id, given, options, parts, output);
      }),
    );
  command(sessions, 'delete', 'delete one, or several, for good')
    .argument('<id...>')
    .action(async (ids: string[], _, self: Command) =>
      act(self, async (options, output) => {
        const { deleteSessions } = await import('./sessions.ts');
        return await deleteSessions(ids, options, parts, output);
      }),
    );
}

function approvalCommands(top: Command, parts: CliParts, act: Act): void {
  command(top, 'approve', 'look at a proposal and say yes or no, on the terminal itself')
    .argument('<id>', 'the proposal, as "aiops approvals" lists it')
    .action(async (id: string, _, self: Command) =>
      act(self, async (options, output) => {
        const { approve } = await import('./approve.ts');
        return await withTools(options, parts, (tools) => approve(id, options, parts, tools, output));
      }),
    );

  const approvals = command(top, 'approvals', 'what waits for an approval, and the standing grants')
    .option('--all', 'also what was decided')
    .action(async (given: { all?: boolean }, self: Command) =>
      act(self, async (options, output) => {
        const { listApprovals } = await import('./approvals.ts');
        return await withTools(options, parts, (tools) => listApprovals(given, options, tools, output));
      }),
    );

  command(approvals, 'revoke', 'end a standing grant, or decline a proposal')
    .argument('<id>')
    .action(async (id: string, _, self: Command) =>
      act(self, async (options, output) => {
        const { revoke } = await import('./approvals.ts');
        return await withTools(options, parts, (tools) => revoke(id, tools, output));
      }),
    );

  command(approvals, 'standing', 'allow one exact call to run unattended, up to a rate, until a day')
    .argument('<tool>')
    .argument('<resource>')
    .requiredOption('--rate <count/duration>', 'at most so many runs, such as 1/1d')
    .requiredOption('--expires <duration>', 'for how long, such as 7d')
    .requiredOption('--reason <text>', 'why; shown in the list and the audit log')
    .option('--argument <name=value>', 'a further argument; name=* lets any text stand (repeatable)', collect)
    .action(async (tool: string, resource: string, given: Given, self: Command) =>
      act(self, async (options, output) => {
        const { signStanding } = await import('./standing.ts');
        return await withTools(options, parts, (tools) =>
          signStanding({ tool, resource, given }, options, parts, tools, output),
        );
      }),
    );
}

function auditCommands(top: Command, parts: CliParts, act: Act): void {
  const audit = top
    .command('audit')
    .description('the audit log: every proposal, decision, change and outcome');
  command(audit, 'show', 'the newest lines', { isDefault: true })
    .option('--last <n>', 'how many')
    .action(async (given: { last?: string }, self: Command) =>
      act(self, async (options, output) => {
        const { auditShow } = await import('./audit.ts');
        return await withTools(options, parts, (tools) =>
          auditShow(given, options, tools, output, parts.streams.stdout.isTTY === true),
        );
      }),
    );
  command(audit, 'verify', 'check that nothing was changed or cut off')
    .option('--against <file>', 'an earlier export, whose head the log must still hold')
    .action(async (given: { against?: string }, self: Command) =>
      act(self, async (options, output) => {
        const { auditVerify } = await import('./audit.ts');
        return await withTools(options, parts, (tools) => auditVerify(given, options, tools, output));
      }),
    );
  command(audit, 'export', 'every line as JSON, the signed head last').action(async (_, self: Command) =>
    act(self, async (options, output) => {
      const { auditExport } = await import('./audit.ts');
      return await withTools(options, parts, (tools) => auditExport(tools, output));
    }),
  );
}

function keyCommands(top: Command, parts: CliParts, act: Act): void {
  const key = top.command('key').description("the approver's key, which signs what you approve");
  command(key, 'show', 'where it is, and its fingerprint', { isDefault: true }).action(
    async (_, self: Command) =>
      act(self, async (options, output) => {
        const { keyShow } = await import('./key.ts');
        return await keyShow(options, parts, output);
      }),
  );
  command(key, 'passphrase', 'set, change or remove its passphrase').action(async (_, self: Command) =>
    act(self, async (options, output) => {
      const { keyPassphrase } = await import('./key.ts');
      return await keyPassphrase(options, parts, output);
    }),
  );
}

/** What helps to set the product up. */
function setUpCommands(top: Command, parts: CliParts, act: Act): void {
  command(top, 'doctor', 'check what it needs to work here, and say what to do').action(
    async (_, self: Command) =>
      act(self, async (options, output) => {
        const { doctor } = await import('./doctor/doctor.ts');
        return await withTools(options, parts, (tools) => doctor(options, parts, tools, output));
      }),
  );

  command(top, 'iam-policy', 'the least an identity needs, as an IAM policy: reads, and the changes you name')
    .option('--with <tool>', 'also what this changing tool needs (repeatable)', collect)
    .option('--all', 'also what every changing tool needs')
    .option('--account-number <number>', 'for the resources of this account only')
    .option('--partition <partition>', 'aws, aws-cn or aws-us-gov')
    .action(async (given: Given, self: Command) =>
      act(self, async (_, output) => {
        const { printIamPolicy } = await import('./iam-policy.ts');
        return printIamPolicy(given, output);
      }),
    );

  command(top, 'mcp', "what to put into another MCP client's configuration to use this server")
    .argument('[client]', `${MCP_CLIENTS.map(({ id }) => id).join(', ')}; without it, all`)
    .option('--http <url>', 'a server that runs already: aiops-mcp --http PORT')
    .action(async (client: string | undefined, given: { http?: string }, self: Command) =>
      act(self, async (options, output) => {
        const { printMcpConfiguration } = await import('./mcp.ts');
        const wanted = { client: client ?? null, http: given.http ?? null };
        return printMcpConfiguration(wanted, parts.server, options.server, output);
      }),
    );
}

function command(parent: Command, name: string, help: string, how: { isDefault?: boolean } = {}): Command {
  return parent.command(name, how).description(help);
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** Of two values one would be left out without a word. */
function once(name: string): (value: string, before: string | undefined) => string {
  return (value, before) => {
    if (before === undefined || before === value) return value;
    const other =
      name === 'account' ? ` Give one, and name the other in the sentence ("... in ${value}").` : '';
    throw new UsageError(`--${name} is given twice, "${before}" and "${value}": it takes one.${other}`);
  };
}

/** The common options belong to the top and are recognised before and after a command's name. */
function withOptions(top: Command): Command {
  for (const spec of OPTIONS as readonly OptionSpec[]) {
    const flags = spec.value === undefined ? `--${spec.name}` : `--${spec.name} <${spec.value}>`;
    const option = new Option(flags, spec.help);
    if (spec.many) option.argParser(collect);
    else if (spec.value !== undefined) option.argParser(once(spec.name));
    top.addOption(option);
  }
  return top;
}

async function withTools(
  options: Options,
  parts: CliParts,
  work: (tools: Tools) => Promise<ExitName>,
): Promise<ExitName> {
  const tools = await parts.openTools(options);
  try {
    return await work(tools);
  } finally {
    await tools.close();
  }
}

function exitOfError(error: unknown, debug: boolean, output: Output): number {
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? EXIT_CODES.done.code : EXIT_CODES.usage.code;
  if (debug && error instanceof Error) output.note(error.stack ?? error.message);
  else output.note(`aiops: ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof UsageError) return EXIT_CODES.usage.code;
  if (error instanceof ToolsError && error.failure.hint && !debug) output.note(error.failure.hint);
  return EXIT_CODES.failed.code;
}
