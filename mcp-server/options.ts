import { parseArgs } from 'node:util';

export type Options = {
  /** A file, `demo`, `aws`, or a configured account's name. */
  account?: string;
  profile?: string;
  regions: string[];
  readOnly: boolean;
  /** The configuration file; default: where XDG says. */
  config?: string;
  keep: boolean;
  /** Epoch milliseconds. */
  now?: number;
  speed?: number;
  debug: boolean;
  /** Where to listen for HTTP; without it, standard input and output. */
  http?: string;
  /** A server that runs already: this one only passes on what is said to it. */
  server?: string;
  tokenFile?: string;
  allowHosts: string[];
  allowOrigins: string[];
};

/** A word on the command line that cannot be meant. Its message is for the person who typed it. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

export const USAGE = `aiops-mcp: the aiops MCP server, over standard input and output or Streamable HTTP

  --account FILE|demo|aws|NAME   where calls go (default: the configuration, else the environment, else demo)
  --profile NAME                 a profile of the AWS configuration files
  --region NAME                  a region to look at; may be given several times
  --read-only                    refuse everything that changes something
  --config FILE                  the configuration file
  --keep                         keep a simulated account's changes for the next run
  --now ISO                      a simulated account's clock at the start
  --speed N                      simulated seconds in a real one
  --debug                        what happens, on standard error

  --http PORT|HOST:PORT          serve Streamable HTTP at /mcp instead (default host: 127.0.0.1)
  --server URL                   pass everything on to a server that runs already at that address
  --token-file FILE              where the bearer token is, unless AIOPS_MCP_TOKEN is set (default: in the state folder)
  --allow-host NAME              a name clients may call this server by; may be given several times
  --allow-origin ORIGIN          a web page's origin that may ask; may be given several times
`;

/** Throws `OptionError`. */
export function parseOptions(words: string[]): Options {
  const { values } = parsed(words);
  const [account, ...more] = new Set(values.account);
  if (more.length > 0) {
    throw new OptionError(
      '--account is given twice: it takes one. Calls can name the others of the configuration.',
    );
  }
  const now = values.now === undefined ? undefined : Date.parse(values.now);
  if (now !== undefined && Number.isNaN(now)) {
    throw new OptionError(`--now takes an ISO 8601 time, not ${JSON.stringify(values.now)}`);
  }
  const speed = values.speed === undefined ? undefined : Number(values.speed);
  if (speed !== undefined && !(speed > 0 && speed <= 100_000)) {
    throw new OptionError(`--speed takes a number above 0, not ${JSON.stringify(values.speed)}`);
  }
  refuseIdle(values);
  return {
    regions: values.region ?? [],
    readOnly: values['read-only'] ?? false,
    keep: values.keep ?? false,
    debug: values.debug ?? false,
    allowHosts: values['allow-host'] ?? [],
    allowOrigins: values['allow-origin'] ?? [],
    ...(values.http === undefined ? {} : { http: values.http }),
    ...(values.server === undefined ? {} : { server: values.server }),
    ...(values['token-file'] === undefined ? {} : { tokenFile: values['token-file'] }),
    ...(account === undefined ? {} : { account }),
    ...(values.profile === undefined ? {} : { profile: values.profile }),
    ...(values.config === undefined ? {} : { config: values.config }),
    ...(now === undefined ? {} : { now }),
    ...(speed === undefined ? {} : { speed }),
  };
}

/** An option that would have no effect is a mistake, and may be one about who can reach the server. */
function refuseIdle(values: ReturnType<typeof parsed>['values']): void {
  const { http, server } = values;
  if (http !== undefined && server !== undefined)
    throw new OptionError('--http serves and --server passes on to another: give one of them');
  const forHttp = (['allow-host', 'allow-origin'] as const).find((name) => values[name] !== undefined);
  if (forHttp !== undefined && http === undefined) throw new OptionError(`--${forHttp} goes with --http`);
  if (values['token-file'] !== undefined && http === undefined && server === undefined)
    throw new OptionError('--token-file goes with --http or --server');
}

function parsed(words: string[]) {
  try {
    return parseArgs({
      args: words,
      options: {
        account: { type: 'string', multiple: true },
        profile: { type: 'string' },
        region: { type: 'string', multiple: true },
        'read-only': { type: 'boolean' },
        config: { type: 'string' },
        keep: { type: 'boolean' },
        now: { type: 'string' },
        speed: { type: 'string' },
        debug: { type: 'boolean' },
        http: { type: 'string' },
        server: { type: 'string' },
        'token-file': { type: 'string' },
        'allow-host': { type: 'string', multiple: true },
        'allow-origin': { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}
