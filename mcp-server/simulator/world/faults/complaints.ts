import type { Complaint } from './fault.ts';
import type { Say } from './say.ts';

/** The beginning of an application's line, as its platform has it. */
export function logged(say: Say, level: 'INFO' | 'WARN' | 'ERROR' | 'FATAL', text: string): string {
  switch (say.resource.kind) {
    case 'function':
      return `${say.iso}\t${say.uuid()}\t${level}\t${text}`;
    case 'instance':
      return `${say.syslog('app')} ${level} ${text}`;
    default:
      return `${say.iso} ${level} request=${say.hex(12)} ${text}`;
  }
}

/** What callers write when what they call does badly, whatever is wrong with it. */
export const COMPLAINTS: readonly Complaint[] = [
  (say, called) => logged(say, 'ERROR', `call to ${called} failed: connect ETIMEDOUT ${say.address()}:443`),
  (say, called) =>
    logged(
      say,
      'ERROR',
      `call to ${called} failed: status ${say.pick([502, 503, 504])} after ${say.between(2, 4)} attempts`,
    ),
  (say, called) => logged(say, 'WARN', `call to ${called} took ${say.between(2_400, 9_900)} ms, retrying`),
  (say, called) => logged(say, 'ERROR', `circuit to ${called} opened after ${say.between(5, 30)} failures`),
];
