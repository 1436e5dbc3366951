import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * What a browser wants to be told before it lets a web page ask, and read the answer. Source: Fetch standard,
 * "CORS protocol". For a request whose Origin was checked; one without Origin comes from a program.
 */
export function tellBrowser({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.origin === undefined) return;
  response.setHeader('access-control-allow-origin', headers.origin);
  response.setHeader('access-control-expose-headers', 'mcp-session-id');
  response.setHeader('vary', 'origin');
}

/** A browser's question whether the page may ask at all: it comes without the token, and changes nothing. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

export function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, DELETE',
    'access-control-allow-headers':
      'authorization, content-type, last-event-id, mcp-protocol-version, mcp-session-id',
    'access-control-max-age': '600',
  });
  response.end();
}
