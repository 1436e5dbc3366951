import type { ToolOutput } from '../../mcp-server/contract/catalogue.ts';
import type { Narrowing, PlannedCall } from '../domain/reading.ts';
import type { Work } from './work.ts';

/** A list as the sentence asked for it. */
type Narrowed = {
  data: Record<string, unknown>;
  /** What its rows were narrowed by. */
  by: string[];
  /** What the sentence said and nothing here can narrow by. */
  unheld: string[];
};

type Instances = ToolOutput<'list_instances'>;
type Groups = ToolOutput<'list_auto_scaling_groups'>;
type Databases = ToolOutput<'list_databases'>;

/** Keeps of a list what no argument of the tool could ask for; `data` has passed the tool's output schema. */
export async function narrow(
  call: PlannedCall,
  data: Record<string, unknown>,
  work: Work,
): Promise<Narrowed> {
  let result: Narrowed = { data, by: [], unheld: [] };
  for (const one of call.narrow ?? []) {
    const kept = await keptBy(one, call, result.data, work);
    result =
      kept === null
        ? { ...result, unheld: [...result.unheld, one.value] }
        : { ...result, data: kept, by: [...result.by, one.value] };
  }
  return result;
}

/** Null when the rows cannot be narrowed by it. */
async function keptBy(
  { by, value }: Narrowing,
  call: PlannedCall,
  data: Record<string, unknown>,
  work: Work,
): Promise<Record<string, unknown> | null> {
  if (call.tool === 'list_databases') return databasesBy(by, value, data as Databases);
  switch (by) {
    case 'unheld':
      return null;
    case 'name': {
      const { groups } = data as Groups;
      return { ...data, groups: groups.filter((group) => group.name === value) };
    }
    case 'type':
      return instances(data, (row) => row.type === value || row.type.startsWith(`${value}.`));
    case 'zone':
      return instances(data, (row) => row.az === value);
    case 'group': {
      const members = await membersOf(value, call, work);
      if (members === null) return null;
      return instances(data, (row) => members.has(row.id) || row.tags['aws:autoscaling:groupName'] === value);
    }
  }
}

function databasesBy(by: Narrowing['by'], value: string, data: Databases): Databases | null {
  const kept = (keep: (row: Databases['databases'][number]) => boolean): Databases => {
    const databases = data.databases.filter(keep);
    const states = [...Map.groupBy(databases, (row) => row.status)];
    return {
      ...data,
      databases,
      counts: Object.fromEntries(states.map(([state, of]) => [state, of.length])),
    };
  };
  switch (by) {
    case 'name':
      return kept((row) => row.id === value);
    case 'type':
      return kept((row) => row.class === value);
    case 'zone':
      return kept((row) => row.az === value);
    case 'group':
    case 'unheld':
      return null;
  }
}

function instances(
  data: Record<string, unknown>,
  keep: (row: Instances['instances'][number]) => boolean,
): Record<string, unknown> {
  const rows = (data as Instances).instances.filter(keep);
  const states = Map.groupBy(rows, (row) => row.state);
  const counts = Object.fromEntries([...states].map(([state, of]) => [state, of.length]));
  return { ...data, instances: rows, counts };
}

/** The ids of a group's instances, looked up as a call of its own; null when that fails. */
async function membersOf(
  group: string,
  { arguments: args }: PlannedCall,
  { turn, parts }: Work,
): Promise<Set<string> | null> {
  const { region, account } = args;
  const call: PlannedCall = {
    tool: 'list_auto_scaling_groups',
    arguments: { ...(region === undefined ? {} : { region }), ...(account === undefined ? {} : { account }) },
    risk: 'read',
    namedInFull: false,
  };
  const startedAt = parts.now().getTime();
  const id = turn.begin(call, { status: 'running', startedAt });
  const result = await parts.tools.callAny(call.tool, call.arguments, { signal: turn.signal });
  const elapsedMs = parts.now().getTime() - startedAt;
  if (result.kind === 'failed') {
    turn.settle(id, call, { status: 'failed', elapsedMs, failure: result.failure });
    return null;
  }
  const { text, data } = result;
  turn.settle(id, call, { status: 'done', elapsedMs, text, data });
  const { groups } = data as Groups;
  return new Set(
    groups.filter(({ name }) => name === group).flatMap((one) => one.instances.map((member) => member.id)),
  );
}
