import type { DatabaseWords } from '../../answer-words/databases.ts';

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

export const databases: DatabaseWords = {
  databases: (total, states) => `${plural(total, 'database')}: ${states}.`,
  noDatabases: (filter) => (filter ? `No database matches (${filter}).` : 'There are no databases.'),
  notable: (name, status, notes) => `${name} is ${status}${notes ? `: ${notes}` : ''}.`,
  parametersWait: () => 'changed parameters wait for a reboot',
  pending: (what) => `waiting for the maintenance window: ${what}`,
  events: (count, database, from, until) =>
    `${plural(count, 'event')} of ${database} between ${from} and ${until}.`,
  noEvents: (database, from, until) => `No events of ${database} between ${from} and ${until}.`,
  event: (when, source, message) => `${when}${source ? ` ${source}` : ''}: ${message}`,
  load: ({ database, average, vcpus, max, maxAt, last }) =>
    `${database}: ${average} sessions active on average${vcpus === null ? '' : ` for ${vcpus} vCPUs`}, at most ${max} at ${maxAt}, now ${last}.`,
  noLoad: (database) => `The load of ${database} could not be read.`,
  insightsOff: (command) =>
    `Performance Insights is off for it. It can be turned on without a restart: ${command}`,
  waits: (parts) => `Busy with: ${parts}.`,
  statement: ({ statement, load, share, waits }) =>
    `Costliest SQL (${load}${share ? `, ${share} of the load` : ''}${waits ? `; ${waits}` : ''}): ${statement}`,
  from: (users, hosts) => `From: ${[users, hosts].filter(Boolean).join('; ')}.`,
};
