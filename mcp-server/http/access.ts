import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Who may talk to the server over HTTP. */
export type AccessRules = {
  token: string;
  /** Names a request may reach the server by, without the port. */
  hosts: ReadonlySet<string>;
  /** Web pages that may ask: `https://tools.example.org`. Programs send no Origin. */
  origins: ReadonlySet<string>;
};

/** Why a request is not let in. */
export type Refusal = { status: 401 | 403; message: string };

/** The names of this machine's own interface. */
export const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'] as const;

/**
 * Null for a request that comes from where it may. The Host header is checked because a web page can make its own name lead
 * here (DNS rebinding), and the Origin because a browser sends requests that its person knows nothing of.
 */
export function placeRefusal(headers: IncomingHttpHeaders, { hosts, origins }: AccessRules): Refusal | null {
  const host = hostName(headers.host ?? '');
  if (host === null || !hosts.has(host))
    return { status: 403, message: 'This server does not go by that name: the Host header is not allowed.' };
  if (headers.origin !== undefined && !origins.has(headers.origin.toLowerCase()))
    return {
      status: 403,
      message: 'Requests of that web page are not allowed: the Origin header is not listed.',
    };
  return null;
}

/** Null for a request with the token. */
export function tokenRefusal(headers: IncomingHttpHeaders, { token }: AccessRules): Refusal | null {
  const given = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (given === undefined || !same(given, token))
    return { status: 401, message: 'A bearer token is needed: Authorization: Bearer <token>.' };
  return null;
}

/** `LocalHost:8080` → `localhost`; null for what is no host. */
export function hostName(host: string): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host);
  return match?.[1]?.toLowerCase() ?? null;
}

/** In the same time whatever differs, lengths included. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
