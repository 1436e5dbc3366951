import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { readInstances } from '../cloud/instances.ts';
import { placeOf } from '../cloud/resolve.ts';
import type { Connected } from '../cloud/services.ts';
import * as contracts from '../contract/catalogue/instances.ts';
import type { ToolContract } from '../contract/catalogue/tool-contract.ts';
import type { ToolInput, ToolName } from '../contract/catalogue.ts';
import type { Facts, FeltAs, PlannedChange, Undo } from '../contract/proposal.ts';
import { blastRadiusOf, GROUP_TAG, type Surroundings } from './blast-radius.ts';
import { awsLine } from './cli-line.ts';
import { findTargets, volumesLostWith } from './targets.ts';
import type { ChangeTool, Observed, Seen } from './tool.ts';

type StateChangeName = Extract<
  ToolName,
  'start_instances' | 'stop_instances' | 'reboot_instances' | 'terminate_instances'
>;
type Input = ToolInput<StateChangeName>;
type Ec2 = Connected<'ec2'>;
type Detail = { place: Place; surroundings: Surroundings; groups: Record<string, string> };

/** What tells one change of an instance's state from another. */
type Rule = {
  contract: ToolContract<typeof contracts.startInstances.input, typeof contracts.startInstances.output>;
  verb: string;
  risk: PlannedChange['risk'];
  irreversible: boolean;
  /** Of its volumes, those that AWS does not keep. */
  deletesVolumes: boolean;
  /** States it makes sense in, and what to say in another. */
  from: readonly string[];
  refuses: Readonly<Record<string, string>>;
  /** Null: the state is the same afterwards. */
  goal: string | null;
  /** On the way to the goal. */
  passing: readonly string[];
  inGroup: FeltAs;
  undo(at: UndoArguments): Undo;
  command: string;
  send(ec2: Ec2, ids: string[]): Promise<unknown>;
};
type UndoArguments = { instances: string[]; account: string; region: string };

const GONE = 'has been terminated: it cannot come back.';
const ON_ITS_WAY = 'is on its way between states: ask again in a minute.';

const RULES: Readonly<Record<StateChangeName, Rule>> = {
  start_instances: {
    contract: contracts.startInstances,
    verb: 'start',
    risk: 'change',
    irreversible: false,
    deletesVolumes: false,
    from: ['stopped'],
    refuses: {
      running: 'is running already.',
      pending: 'is starting already.',
      stopping: 'is still stopping: start it when it is stopped.',
      'shutting-down': GONE,
      terminated: GONE,
    },
    goal: 'running',
    passing: ['pending'],
    inGroup: 'group_takes_it_back',
    undo: (at) => ({ possible: true, tool: 'stop_instances', arguments: at }),
    command: 'start-instances',
    send: ({ sdk, client }, ids) => client.send(new sdk.StartInstancesCommand({ InstanceIds: ids })),
  },
  stop_instances: {
    contract: contracts.stopInstances,
    verb: 'stop',
    risk: 'destructive',
    irreversible: false,
    deletesVolumes: false,
    from: ['running'],
    refuses: {
      stopped: 'is stopped already.',
      stopping: 'is stopping already.',
      pending: ON_ITS_WAY,
      'shutting-down': GONE,
      terminated: GONE,
    },
    goal: 'stopped',
    passing: ['stopping'],
    inGroup: 'group_replaces_it',
    undo: (at) => ({
      possible: true,
      tool: 'start_instances',
      arguments: at,
      note: 'other_public_address',
    }),
    command: 'stop-instances',
    send: ({ sdk, client }, ids) => client.send(new sdk.StopInstancesCommand({ InstanceIds: ids })),
  },
  reboot_instances: {
    contract: contracts.rebootInstances,
    verb: 'reboot',
    risk: 'destructive',
    irreversible: false,
    deletesVolumes: false,
    from: ['running'],
    refuses: {
      stopped: 'is stopped: start it instead.',
      stopping: 'is stopping: start it when it is stopped.',
      pending: ON_ITS_WAY,
      'shutting-down': GONE,
      terminated: GONE,
    },
    goal: null,
    passing: [],
    inGroup: 'group_may_find_it_unhealthy',
    undo: () => ({
      possible: false,
      why: 'nothing_to_take_back',
    }),
    command: 'reboot-instances',
    send: ({ sdk, client }, ids) => client.send(new sdk.RebootInstancesCommand({ InstanceIds: ids })),
  },
  terminate_instances: {
    contract: contracts.terminateInstances,
    verb: 'terminate',
    risk: 'destructive',
    irreversible: true,
    deletesVolumes: true,
    from: ['pending', 'running', 'stopping', 'stopped'],
    refuses: { 'shutting-down': 'is being terminated already.', terminated: 'has been terminated already.' },
    goal: 'terminated',
    passing: ['shutting-down'],
    inGroup: 'group_starts_another',
    undo: () => ({
      possible: false,
      why: 'gone_for_good',
    }),
    command: 'terminate-instances',
    send: ({ sdk, client }, ids) => client.send(new sdk.TerminateInstancesCommand({ InstanceIds: ids })),
  },
};

export const instanceStateTools = (Object.keys(RULES) as StateChangeName[]).map((name) =>
  stateChangeTool(name, RULES[name]),
);

function stateChangeTool(tool: StateChangeName, rule: Rule): ChangeTool<Input, Detail> {
  return {
    kind: 'change',
    contract: rule.contract,
    async observe(input, cloud) {
      const { place, targets, population, surroundings } = await findTargets(cloud, input, input.instances);
      return {
        account: place.account.name,
        region: place.region,
        states: targets.map((target) => {
          const { kind, id, name, arn, state } = target;
          const takes = rule.deletesVolumes ? volumesLostWith(target) : [];
          return { kind, id, name, arn, facts: { state }, takes };
        }),
        population,
        detail: {
          place,
          surroundings,
          groups: Object.fromEntries(targets.map(({ id, tags }) => [id, tags[GROUP_TAG] ?? ''])),
        },
      };
    },
    plan: (_input, observed) => planned(tool, rule, observed),
    event: actionOf(rule.command),
    async attempt(change, at, cloud) {
      const place = await placeOf(cloud, at);
      const ec2 = await place.account.connect('ec2', place.region, 'change');
      try {
        await rule.send(ec2, idsOf(change));
      } catch (error) {
        const action = `ec2:${actionOf(rule.command)}`;
        throw asFailure(error, { action, place }, 'change');
      }
    },
    async verify(change, at, cloud) {
      const place = await placeOf(cloud, at);
      const seen = await readInstances(cloud, place, [{ Name: 'instance-id', Values: idsOf(change) }]);
      return change.targets.map(({ id, name }): Seen => {
        const state = seen.find((one) => one.InstanceId === id)?.State?.Name;
        if (state === undefined) return { id, name, facts: {}, result: 'not_seen' };
        return { id, name, facts: { state }, result: resultOf(state, rule) };
      });
    },
  };
}

function planned(tool: StateChangeName, rule: Rule, observed: Observed<Detail>): PlannedChange {
  const { account, region, states, detail } = observed;
  const wrong = states.filter(({ facts }) => !rule.from.includes(String(facts.state)));
  if (wrong.length > 0) {
    const said = wrong.map(({ id, name, facts }) => {
      const state = String(facts.state);
      return `${name} (${id}) ${rule.refuses[state] ?? `is ${state}.`}`;
    });
    const others = states.length > wrong.length ? ' Leave it out to go on with the others.' : '';
    throw untouched('invalid_state', `${said.join(' ')} There is nothing to ${rule.verb}.${others}`);
  }
  const ids = states.map((state) => state.id);
  const goal: Facts = rule.goal === null ? {} : { state: rule.goal };
  const targets = states.map(({ id, name }) => ({ id, name, group: detail.groups[id] || undefined }));
  return {
    tool,
    arguments: { instances: ids, account, region },
    risk: rule.risk,
    irreversible: rule.irreversible,
    targets: states.map(({ kind, id, name, facts }) => ({
      kind,
      id,
      name,
      was: { ...facts },
      becomes: goal,
    })),
    blast_radius: blastRadiusOf(
      targets,
      detail.surroundings,
      rule.inGroup,
      rule.risk === 'destructive' ? 'leaves' : 'stays',
    ),
    undo: rule.undo({ instances: ids, account, region }),
    cli: [awsLine(detail.place, 'ec2', rule.command, '--instance-ids', ...ids)],
  };
}

function idsOf(change: PlannedChange): string[] {
  return change.targets.map((target) => target.id);
}

function resultOf(state: string, rule: Rule): Seen['result'] {
  if (rule.goal === null) return rule.from.includes(state) ? 'done' : 'not_seen';
  if (state === rule.goal) return 'done';
  return rule.passing.includes(state) ? 'in_progress' : 'not_seen';
}

/** `stop-instances` → `StopInstances`. */
function actionOf(command: string): string {
  return command.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
