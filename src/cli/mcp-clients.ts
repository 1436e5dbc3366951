/** How another program reaches the server. */
export type McpServer =
  | Started
  /** The token stands in the environment, never in a file that is shared. */
  | {
      kind: 'http';
      url: string;
      tokenVariable: string;
      /** What passes everything on to it, for a client that only starts programs. */
      passingOn: Started;
    };

type Started = { kind: 'stdio'; command: string; args: readonly string[] };

type McpClient = {
  /** What the person types. */
  id: string;
  title: string;
  /** Where its configuration lies. */
  file: string;
  snippet(server: McpServer): string;
};

const NAME = 'aiops';

/** MCP clients and their configuration files, each as its own documentation has it. */
export const MCP_CLIENTS: readonly McpClient[] = [
  {
    id: 'claude-desktop',
    title: 'Claude Desktop',
    file: 'claude_desktop_config.json (Settings, Developer, Edit Config)',
    // Its file knows no addresses: what is elsewhere comes in through a program.
    snippet: (server) => mcpServers(server.kind === 'http' ? server.passingOn : server, {}, String),
  },
  {
    id: 'claude-code',
    title: 'Claude Code',
    file: '.mcp.json in a project',
    snippet: (server) => mcpServers(server, { type: 'http' }, (name) => `\${${name}}`),
  },
  {
    id: 'cursor',
    title: 'Cursor',
    file: '~/.cursor/mcp.json, or .cursor/mcp.json in a project',
    snippet: (server) => mcpServers(server, {}, (name) => `\${env:${name}}`),
  },
  {
    id: 'vscode',
    title: 'VS Code',
    file: '.vscode/mcp.json in a workspace, or the user profile',
    snippet: vsCode,
  },
  {
    id: 'gemini',
    title: 'Gemini CLI',
    file: '~/.gemini/settings.json',
    snippet: (server) =>
      server.kind === 'stdio'
        ? mcpServers(server, {}, String)
        : json({
            mcpServers: { [NAME]: { httpUrl: server.url, headers: bearer(`$${server.tokenVariable}`) } },
          }),
  },
  { id: 'codex', title: 'Codex', file: '~/.codex/config.toml', snippet: codex },
];

function mcpServers(server: McpServer, http: object, variable: (name: string) => string): string {
  const entry =
    server.kind === 'stdio'
      ? { command: server.command, args: server.args }
      : { ...http, url: server.url, headers: bearer(variable(server.tokenVariable)) };
  return json({ mcpServers: { [NAME]: entry } });
}

function vsCode(server: McpServer): string {
  if (server.kind === 'stdio')
    return json({ servers: { [NAME]: { type: 'stdio', command: server.command, args: server.args } } });
  const token = {
    type: 'promptString',
    id: 'aiops-token',
    description: 'aiops bearer token',
    password: true,
  };
  return json({
    inputs: [token],
    servers: { [NAME]: { type: 'http', url: server.url, headers: bearer(`\${input:${token.id}}`) } },
  });
}

/** TOML's basic strings are written as JSON's. */
function codex(server: McpServer): string {
  const lines =
    server.kind === 'stdio'
      ? [`command = ${JSON.stringify(server.command)}`, `args = ${JSON.stringify(server.args)}`]
      : [
          `url = ${JSON.stringify(server.url)}`,
          `bearer_token_env_var = ${JSON.stringify(server.tokenVariable)}`,
        ];
  return [`[mcp_servers.${NAME}]`, ...lines].join('\n');
}

function bearer(token: string) {
  return { Authorization: `Bearer ${token}` };
}

function json(value: object): string {
  return JSON.stringify(value, null, 2);
}
