import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { type ClientCapabilities, ElicitRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { AuditEntry, AuditHead, AuditVerdict } from '../../../mcp-server/contract/audit.ts';
import { type Failure, failure } from '../../../mcp-server/contract/failure.ts';
import type { Grant } from '../../../mcp-server/contract/grant.ts';
import type { CallProposal, PlanProposal } from '../../../mcp-server/contract/proposal.ts';
import { META, METHODS, RESOURCES } from '../../../mcp-server/contract/wire.ts';

/** What a call came to. `code` is `done`, the failure's code, or `protocol` for a JSON-RPC error without one. */
export type Answer = {
  code: string;
  text: string;
  data: Record<string, unknown>;
  failure: Failure | null;
};

export type CallExtras = { grant?: unknown; step?: unknown; meta?: Record<string, unknown> };

export type ServerCommand = { node: string; args: string[]; env: Record<string, string> };

const textContent = z.array(z.looseObject({ text: z.string().optional() }));

/** Any MCP client: the SDK's own, over a real server child. It knows nothing that another client could not. */
export class AttackClient {
  readonly client: Client;
  readonly transport: StdioClientTransport;
  /** Elicitations the server sent; each was answered with "accept". */
  readonly elicited: unknown[] = [];
  errorText = '';

  private constructor(command: ServerCommand, capabilities: ClientCapabilities) {
    this.transport = new StdioClientTransport({
      command: command.node,
      args: command.args,
      env: command.env,
      stderr: 'pipe',
    });
    this.transport.stderr?.on('data', (chunk: Buffer) => {
      this.errorText += chunk.toString();
    });
    this.client = new Client({ name: 'an outside client', version: '1' }, { capabilities });
    if (capabilities.elicitation) {
      this.client.setRequestHandler(ElicitRequestSchema, (request) => {
        this.elicited.push(request.params);
        return { action: 'accept' as const, content: { approve: true, confirm: 'yes' } };
      });
    }
  }

  static async connect(command: ServerCommand, capabilities: ClientCapabilities = {}): Promise<AttackClient> {
    const made = new AttackClient(command, capabilities);
    await made.client.connect(made.transport);
    return made;
  }

  async call(name: string, args: unknown, { grant, step, meta = {} }: CallExtras = {}): Promise<Answer> {
    const _meta = {
      ...meta,
      ...(grant === undefined ? {} : { [META.grant]: grant }),
      ...(step === undefined ? {} : { [META.step]: step }),
    };
    const params = { name, arguments: args, _meta };
    return this.#answered(this.client.request({ method: 'tools/call', params } as never, z.looseObject({})));
  }

  /** One of the server's own methods. */
  async ask(method: string, params: object = {}): Promise<Answer> {
    return this.#answered(this.client.request({ method, params } as never, z.looseObject({})));
  }

  async #answered(request: Promise<Record<string, unknown>>): Promise<Answer> {
    let result: Record<string, unknown>;
    try {
      result = await request;
    } catch (error) {
      if (!(error instanceof McpError)) throw error;
      const carried = failure.safeParse((error.data as Record<string, unknown> | undefined)?.[META.failure]);
      const known = carried.success ? carried.data : null;
      return { code: known?.code ?? 'protocol', text: error.message, data: {}, failure: known };
    }
    const { isError, content, structuredContent, _meta, ...own } = result;
    const text = textContent
      .catch([])
      .parse(content)
      .map((part) => part.text ?? '')
      .join('\n');
    if (!isError) {
      return { code: 'done', text, data: (structuredContent as Answer['data']) ?? own, failure: null };
    }
    const told = failure.parse((_meta as Record<string, unknown>)[META.failure]);
    return { code: told.code, text, data: {}, failure: told };
  }

  /** The proposal that a call without a grant is answered with. */
  async proposed(name: string, args: object): Promise<CallProposal> {
    const { failure: told, text } = await this.call(name, args);
    if (told?.proposal?.kind !== 'call') throw new Error(`${name} was not proposed: ${text}`);
    return told.proposal;
  }

  async proposedPlan(steps: { tool: string; arguments: object }[]): Promise<PlanProposal> {
    const { data, text } = await this.ask(METHODS.proposePlan, { steps });
    if (!data.proposal) throw new Error(`the plan was not proposed: ${text}`);
    return data.proposal as PlanProposal;
  }

  submit(grant: Grant): Promise<Answer> {
    return this.ask(METHODS.submitGrant, { grant });
  }

  async audit(after = 0): Promise<AuditEntry[]> {
    const { data, text } = await this.ask(METHODS.auditShow, { after });
    if (!data.entries) throw new Error(`the audit log cannot be shown: ${text}`);
    return data.entries as AuditEntry[];
  }

  async verdict(against?: AuditHead): Promise<AuditVerdict> {
    const { data, text } = await this.ask(METHODS.auditVerify, against ? { against } : {});
    if (!data.verdict) throw new Error(`the audit log cannot be verified: ${text}`);
    return data.verdict as AuditVerdict;
  }

  /** Instance states by id, as the account tells them. */
  async states(): Promise<Record<string, string>> {
    const { data, text } = await this.call('list_instances', {});
    if (!data.instances) throw new Error(`the account cannot be read: ${text}`);
    const rows = data.instances as { id: string; state: string }[];
    return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
  }

  async account(): Promise<Record<string, unknown>> {
    const { contents } = await this.client.readResource({ uri: RESOURCES.account });
    const [content] = contents;
    return JSON.parse(content && 'text' in content ? String(content.text) : 'null');
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
