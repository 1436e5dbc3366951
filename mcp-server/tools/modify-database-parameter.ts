import type { DBInstance } from '@aws-sdk/client-rds';
import { untouched } from '../cloud/call-failure.ts';
import { type ParameterGroup, readParameter } from '../cloud/database-parameters.ts';
import { readDatabase } from '../cloud/databases.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { placeOf } from '../cloud/resolve.ts';
import { modifyDatabaseParameter } from '../contract/catalogue/databases.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import type { Facts, PlannedChange, Undo } from '../contract/proposal.ts';
import { blastRadiusOf } from './blast-radius.ts';
import { awsLine } from './cli-line.ts';
import { clustersOf, type FoundTarget, findDatabaseTarget } from './database-targets.ts';
import { type FoundParameter, findParameter } from './parameter-target.ts';
import { whyNotAllowed } from './parameter-value.ts';
import type { ChangeTool } from './tool.ts';

type Input = ToolInput<'modify_database_parameter'>;
type Detail = FoundTarget & FoundParameter;

/** What a parameter that nobody set has, as a fact. */
const DEFAULT = 'engine-default';
const PENDING = 'pending-reboot';

/**
 * The target is the database that was named; the change is made in its parameter group, so that every other
 * database of the group is in the blast radius, and one that is protected protects the group.
 */
export const modifyDatabaseParameterTool: ChangeTool<Input, Detail> = {
  kind: 'change',
  contract: modifyDatabaseParameter,
  async observe(input, cloud) {
    const found = await findDatabaseTarget(cloud, input);
    const parameter = await findParameter(cloud, found, input.parameter);
    const { place, target, population } = found;
    const { kind, id, name, arn } = target;
    const { group, sharing } = parameter;
    const facts: Facts = {
      ...factsOf(parameter),
      // A reboot of the same plan starts from this.
      ...(group.scope === 'database'
        ? { parameters: waitsForReboot(target.database, group.name) ? PENDING : 'in-sync' }
        : {}),
    };
    const takes = [
      group.name,
      ...sharing.flatMap((one) => [one.id, one.arn]),
      ...clustersOf([target, ...sharing]),
    ];
    return {
      account: place.account.name,
      region: place.region,
      states: [{ kind, id, name, arn, facts, takes }],
      population,
      detail: { ...found, ...parameter },
    };
  },

  plan(input, { account, region, states, detail }) {
    const [target] = states;
    if (!target) throw untouched('not_found', 'There is no such database.');
    const { kind, id, name, facts } = target;
    const parameter = nameIn(detail);
    const { value } = input;
    const why = whyNotAllowed(detail.parameter, value);
    if (why !== null) {
      throw untouched('invalid_arguments', `${why}; ${JSON.stringify(value)} is not. Nothing was asked.`);
    }
    const was = String(facts[parameter]);
    if (was === value) throw untouched('invalid_state', alreadySo(name, parameter, value, detail));
    const { affected, gaps } = blastRadiusOf([{ id, name }], detail.surroundings, 'calls_it');
    const sharing = detail.sharing.map((one) => ({
      id: one.id,
      name: one.name,
      how: 'shares_parameter_group' as const,
    }));
    const waits = facts.apply_method === PENDING && facts.parameters !== undefined;
    const becomes: Facts = { [parameter]: value, ...(waits ? { parameters: PENDING } : {}) };
    return {
      tool: 'modify_database_parameter',
      arguments: { database: id, parameter, value, account, region },
      risk: 'destructive',
      irreversible: false,
      targets: [{ kind, id, name, was: { ...facts }, becomes }],
      blast_radius: { affected: [...sharing, ...affected], gaps },
      undo: undoOf({ database: id, parameter, value: was, account, region }, facts),
      cli: [
        awsLine(
          detail.place,
          ...(detail.group.scope === 'database'
            ? ['rds', 'modify-db-parameter-group', '--db-parameter-group-name', detail.group.name]
            : [
                'rds',
                'modify-db-cluster-parameter-group',
                '--db-cluster-parameter-group-name',
                detail.group.name,
              ]),
          '--parameters',
          JSON.stringify([
            { ParameterName: parameter, ParameterValue: value, ApplyMethod: facts.apply_method },
          ]),
        ),
      ],
    };
  },

  event: 'ModifyDBParameterGroup',
  requestOf: (change) => {
    const { group } = settingOf(change);
    const event = group.scope === 'database' ? 'ModifyDBParameterGroup' : 'ModifyDBClusterParameterGroup';
    return { event, ids: [group.name] };
  },

  async attempt(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { sdk, client } = await place.account.connect('rds', place.region, 'change');
    const { group, parameter, value, method } = settingOf(change);
    const Parameters = [{ ParameterName: parameter, ParameterValue: value, ApplyMethod: method }];
    const database = group.scope === 'database';
    try {
      if (database) {
        await client.send(
          new sdk.ModifyDBParameterGroupCommand({ DBParameterGroupName: group.name, Parameters }),
        );
      } else {
        await client.send(
          new sdk.ModifyDBClusterParameterGroupCommand({
            DBClusterParameterGroupName: group.name,
            Parameters,
          }),
        );
      }
    } catch (error) {
      const action = database ? 'rds:ModifyDBParameterGroup' : 'rds:ModifyDBClusterParameterGroup';
      throw asFailure(error, { action, place }, 'change');
    }
  },

  async verify(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, name, group, parameter, value } = settingOf(change);
    const [now, database] = await Promise.all([
      readParameter(cloud, place, group, parameter),
      readDatabase(cloud, place, id),
    ]);
    const status = database?.DBParameterGroups?.[0]?.ParameterApplyStatus;
    if (!now) return [{ id, name, facts: {}, result: 'not_seen' }];
    const facts: Facts = {
      ...factsOf({ group, parameter: now }),
      // Set is not the same as in effect: `pending-reboot`.
      ...(group.scope === 'database' && status ? { parameters: status } : {}),
    };
    if (now.ParameterValue !== value) return [{ id, name, facts, result: 'not_seen' }];
    return [{ id, name, facts, result: facts.parameters === 'applying' ? 'in_progress' : 'done' }];
  },
};

function factsOf({ group, parameter }: Pick<FoundParameter, 'group' | 'parameter'>): Facts {
  return {
    [parameter.ParameterName ?? '']: parameter.ParameterValue ?? DEFAULT,
    parameter_group: group.name,
    scope: group.scope,
    apply_method: parameter.ApplyType === 'dynamic' ? 'immediate' : 'pending-reboot',
  };
}

function waitsForReboot({ DBParameterGroups: groups = [] }: DBInstance, group: string): boolean {
  return groups.some((one) => one.DBParameterGroupName === group && one.ParameterApplyStatus === PENDING);
}

function nameIn({ parameter }: FoundParameter): string {
  return parameter.ParameterName ?? '';
}

function alreadySo(name: string, parameter: string, value: string, { target, group }: Detail): string {
  const waits = waitsForReboot(target.database, group.name)
    ? ' It is not in effect yet: it waits for a reboot (reboot_database).'
    : '';
  return `${parameter} is ${value} in ${group.name} of ${name} already. There is nothing to change.${waits}`;
}

function undoOf(call: Record<string, string>, facts: Facts): Undo {
  if (call.value === DEFAULT) return { possible: false, why: 'was_engine_default' };
  const note = facts.apply_method === 'immediate' ? {} : { note: 'needs_reboot' as const };
  return { possible: true, tool: 'modify_database_parameter', arguments: call, ...note };
}

function settingOf({ targets: [target], arguments: given }: PlannedChange) {
  if (!target) throw new TypeError('a parameter is set for one database');
  const { id, name, was } = target;
  const group: ParameterGroup = {
    scope: was.scope === 'cluster' ? 'cluster' : 'database',
    name: String(was.parameter_group),
  };
  const method: 'immediate' | 'pending-reboot' =
    was.apply_method === 'immediate' ? 'immediate' : 'pending-reboot';
  return { id, name, group, parameter: String(given.parameter), value: String(given.value), method };
}
