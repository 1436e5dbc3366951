import type { ChangesMade } from '../../../mcp-server/contract/catalogue/changes-made.ts';
import type { HealthEventRow } from '../../../mcp-server/contract/catalogue/health.ts';
import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { plainLine } from '../../domain/plain-text.ts';
import { changesMade } from './changes.ts';
import type { AnswerContext } from './context.ts';
import { cutText, firstNames } from './shortened.ts';

const TOLD = 3;
const NAMED = 5;
const LONGEST = 300;

/** What AWS itself has trouble with, and what of the account it touches. */
export function healthEvents(
  { events }: ToolOutput<'list_health_events'>,
  { words, times }: AnswerContext,
): string[] {
  const { awsHealth } = words;
  const issues = events.filter((one) => one.category === 'issue' && one.status === 'open');
  const upcoming = events.filter((one) => one.category === 'scheduledChange' && one.status !== 'closed');
  const closed = events.filter((one) => one.status === 'closed');
  const notices = events.length - issues.length - upcoming.length - closed.length;
  const others = awsHealth.others({ upcoming: upcoming.length, notices, closed: closed.length });
  const names = issues.map(({ service, region }) => `${plainLine(service)} (${region})`);
  const told = (issues.length > 0 ? issues : upcoming)
    .slice(0, TOLD)
    .flatMap((one) => [
      about(one, { words, times }),
      ...(one.affected.length > 0 ? [awsHealth.affected(touched(one, words))] : []),
    ]);
  return [
    issues.length > 0
      ? awsHealth.issues(issues.length, firstNames(names, NAMED, words))
      : awsHealth.noIssues(),
    ...told,
    ...(others ? [others] : []),
  ];
}

function about(one: HealthEventRow, { words, times }: Pick<AnswerContext, 'words' | 'times'>): string {
  const told = { service: plainLine(one.service), region: one.region, description: said(one) };
  const at = one.started ? times.at(one.started) : null;
  return one.status === 'upcoming'
    ? words.awsHealth.planned({ ...told, at })
    : words.awsHealth.event({ ...told, since: at });
}

/** What AWS says, or what it calls the event where it says nothing. */
function said({ description, code }: HealthEventRow): string {
  return cutText(plainLine((description ?? '').trim() || code), LONGEST);
}

function touched({ affected }: HealthEventRow, words: AnswerContext['words']): string {
  const ids = affected.map(({ id }) => plainLine(id));
  return firstNames(ids, NAMED, words);
}

/** The published event's id; what became of it at its bus cannot be seen. */
export function eventPublished(data: ChangesMade, context: AnswerContext): string[] {
  const [change] = data.changes;
  const id = change?.after.event_id;
  if (!change || typeof id !== 'string') return changesMade('put_event', data, context);
  return [
    context.words.awsHealth.published(plainLine(change.name), plainLine(id)),
    ...(data.note ? [plainLine(data.note)] : []),
  ];
}
