import type { ChangesMade } from '../../../mcp-server/contract/catalogue/changes-made.ts';
import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import type { Facts } from '../../../mcp-server/contract/proposal.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerContext } from './context.ts';

const TOLD = 3;

/** What others changed, newest first. */
export function listChanges(data: ToolOutput<'list_changes'>, { words, times }: AnswerContext): string[] {
  const from = times.at(data.since);
  const until = times.at(data.until);
  if (data.changes.length === 0) return [words.noChanges(from, until)];
  const told = data.changes.slice(0, TOLD).map((change) =>
    words.change({
      who: plainLine(change.who),
      event: change.event,
      resources: words.list(change.resources.map(plainLine)),
      when: times.at(change.at),
      error: change.error ?? null,
    }),
  );
  return [words.changes(data.changes.length, from, until), ...told];
}

export function dependencies(
  data: ToolOutput<'get_dependencies'>,
  said: string,
  { words }: AnswerContext,
): string[] {
  const name = plainLine(data.resource.name || data.resource.id);
  const names = (of: readonly { id: string; name: string }[]) =>
    words.list(of.map((one) => plainLine(one.name || one.id)));
  const told = [
    ...(data.called_by.length > 0 ? [words.calledBy(name, names(data.called_by))] : []),
    ...(data.calls.length > 0 ? [words.calls(name, names(data.calls))] : []),
    ...(data.member_of.length > 0 ? [words.memberOf(name, names(data.member_of))] : []),
  ];
  return [
    ...(data.matched === 'close' ? [words.takenFor(said, name)] : []),
    ...(told.length > 0 ? told : [words.noDependencies(name)]),
  ];
}

export function scalingGroups(
  data: ToolOutput<'list_auto_scaling_groups'>,
  { words, narrowedBy }: AnswerContext,
): string[] {
  if (data.groups.length === 0) return [words.noGroups(narrowedBy.join(', '))];
  const told = data.groups.slice(0, TOLD).map((group) =>
    words.group({
      name: plainLine(group.name),
      desired: group.desired,
      running: group.instances.length,
      min: group.min,
      max: group.max,
    }),
  );
  return [words.groups(data.groups.length), ...told];
}

/** What our own call changed. */
export function changesMade(tool: string, data: ChangesMade, { words }: AnswerContext): string[] {
  return [
    ...data.changes.map((change) => {
      const name = plainLine(change.name || change.id);
      const before = factsOf(change.before, change.after, words.state);
      const after = factsOf(change.after, change.before, words.state);
      if (before === after && change.result === 'done') return words.did(tool, name, after);
      return words.changed({ name, before, after, result: change.result });
    }),
    ...(data.note ? [plainLine(data.note)] : []),
  ];
}

/** The facts of one side that differ from the other; a lone state stands without its key. */
function factsOf(of: Facts, other: Facts, state: (state: string) => string): string {
  const moved = Object.entries(of).filter(([key, value]) => other[key] !== value);
  const shown = moved.length > 0 ? moved : Object.entries(of).filter(([key]) => key === 'state');
  return shown
    .map(([key, value]) =>
      key === 'state' ? state(plainLine(String(value))) : `${key} ${plainLine(String(value))}`,
    )
    .join(', ');
}
