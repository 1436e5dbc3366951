import type { FunctionWords } from '../../answer-words/functions.ts';

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

export const functions: FunctionWords = {
  functions: (count, names) => `${counted(count, 'function')}: ${names}.`,
  none: (filter) => (filter ? `No function matches (${filter}).` : 'There are no functions.'),
  notReady: (count, names) => `Not ready: ${counted(count, 'function')} (${names}).`,
  switchedOff: (count, names) =>
    `${names} ${count === 1 ? 'takes' : 'take'} no requests: reserved concurrency 0.`,
  apis: (count, names) => `${counted(count, 'API')}: ${names}.`,
  noApis: (filter) => (filter ? `No API matches (${filter}).` : 'There are no APIs.'),
};
