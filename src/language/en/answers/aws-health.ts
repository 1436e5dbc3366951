import type { AwsHealthWords } from '../../answer-words/aws-health.ts';

const counted = (count: number, one: string, many = `${one}s`) =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];

export const awsHealth: AwsHealthWords = {
  issues: (count, names) => `AWS reports ${count} open issue${count === 1 ? '' : 's'}: ${names}.`,
  noIssues: () => 'AWS reports no open issue that touches this account.',
  others: ({ upcoming, notices, closed }) => {
    const told = [
      ...counted(upcoming, 'planned change'),
      ...counted(notices, 'notice'),
      ...counted(closed, 'closed event'),
    ];
    return told.length === 0 ? '' : `Besides: ${told.join(', ')}.`;
  },
  event: ({ service, region, description, since }) =>
    `${service} in ${region}${since ? ` since ${since}` : ''}: ${description}`,
  planned: ({ service, region, description, at }) =>
    `Planned for ${service} in ${region}${at ? ` at ${at}` : ''}: ${description}`,
  affected: (names) => `Affected here: ${names}.`,
  published: (bus, id) =>
    `EventBridge accepted the event on the bus ${bus} (id ${id}). Whether a rule took it up cannot be seen from here.`,
};
