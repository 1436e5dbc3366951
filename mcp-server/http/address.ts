import { OptionError } from '../options.ts';
import { hostName, LOOPBACK_HOSTS } from './access.ts';

/** Where to listen. Port 0 takes any that is free. */
export type Address = { host: string; port: number };

const DEFAULT_HOST = '127.0.0.1';

/** `7337`, `127.0.0.1:7337`, `[::1]:7337`. Throws `OptionError`. */
export function parseAddress(text: string): Address {
  const match = /^(?:(\[[0-9a-f:.]+\]|[a-z0-9._-]+):)?(\d{1,5})$/i.exec(text);
  const port = Number(match?.[2]);
  if (!match || port > 65_535)
    throw new OptionError(`--http takes PORT or HOST:PORT, not ${JSON.stringify(text)}`);
  return { host: (match[1] ?? DEFAULT_HOST).toLowerCase(), port };
}

/**
 * The names a request may call the server by. Beyond this machine they must be said: a server that takes any
 * name can be reached by any web page. Throws `OptionError`.
 */
export function allowedHosts({ host }: Address, named: readonly string[]): ReadonlySet<string> {
  const given = named.map((name) => {
    const known = hostName(name);
    if (known === null) throw new OptionError(`--allow-host takes a host name, not ${JSON.stringify(name)}`);
    return known;
  });
  if (isLoopback(host)) return new Set([...LOOPBACK_HOSTS, host, ...given]);
  if (given.length === 0)
    throw new OptionError(
      `--http ${host} is reachable from other machines: say with --allow-host by which names, and put TLS in front of it.`,
    );
  return new Set(given);
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** `https://tools.example.org` and nothing behind it. Throws `OptionError`. */
export function allowedOrigins(named: readonly string[]): ReadonlySet<string> {
  return new Set(
    named.map((origin) => {
      if (!URL.canParse(origin) || new URL(origin).origin !== origin.toLowerCase())
        throw new OptionError(`--allow-origin takes scheme://host[:port], not ${JSON.stringify(origin)}`);
      return origin.toLowerCase();
    }),
  );
}
