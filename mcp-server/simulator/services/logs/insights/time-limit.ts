import { createContext, Script } from 'node:vm';

const CALL = new Script('work()');

type Limited<T> = { kind: 'done'; value: T } | { kind: 'too_long' };

/**
 * Runs synchronous work and stops it when it takes longer. Nothing else stops a regular expression that
 * backtracks without end: node:vm's watchdog interrupts it in the middle of a match. (It is used for its
 * watchdog only; the work is our own.)
 *
 * @param ms milliseconds of real time
 */
export function withinTime<T>(ms: number, work: () => T): Limited<T> {
  let value: { of: T } | undefined;
  const context = createContext({
    work: () => {
      value = { of: work() };
    },
  });
  try {
    CALL.runInContext(context, { timeout: ms });
  } catch (error) {
    if (isTimeout(error)) return { kind: 'too_long' };
    throw error;
  }
  return value === undefined ? { kind: 'too_long' } : { kind: 'done', value: value.of };
}

/** By its code: the watchdog's error is of the context's own making, not one of our `Error`s. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
