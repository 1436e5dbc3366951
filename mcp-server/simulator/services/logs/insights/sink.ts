import type { Row } from './row.ts';

/** Takes rows; after `end` it takes no more. */
export type Sink = { push(row: Row): void; end(): void };

/** One command of a query: what it passes on, in front of what comes after it. */
export type Stage = (next: Sink) => Sink;
