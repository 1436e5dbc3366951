import type { DBInstance } from '@aws-sdk/client-rds';
import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import { isAurora, pendingOf, readDatabase } from '../cloud/databases.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { placeOf } from '../cloud/resolve.ts';
import { modifyDatabase } from '../contract/catalogue/databases.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import type { Facts, PlannedChange } from '../contract/proposal.ts';
import { awsLine } from './cli-line.ts';
import { type Checked, checkModification, STORAGE_REST_MS } from './database-modification.ts';
import {
  clustersOf,
  databaseBlastRadius,
  type FoundTarget,
  findDatabaseTarget,
  requireState,
} from './database-targets.ts';
import type { ChangeTool, Seen } from './tool.ts';

type Input = ToolInput<'modify_database'>;
type Detail = FoundTarget & Checked;
type Wish = { class?: string | undefined; storage_gb?: number | undefined };

/** The least a storage may grow to, in percent of what it is. Source: RDS user guide, "Scaling up DB instance storage". */
const LEAST_PERCENT = 110;
const MODIFIABLE = ['available', 'storage-optimization'];
const ON_ITS_WAY = ['modifying', 'rebooting', 'backing-up', 'configuring-enhanced-monitoring'];

export const modifyDatabaseTool: ChangeTool<Input, Detail> = {
  kind: 'change',
  contract: modifyDatabase,
  async observe(input, cloud) {
    if (input.class === undefined && input.storage_gb === undefined) {
      throw untouched('invalid_arguments', 'Change what? Give a class, a storage_gb, or both.');
    }
    const found = await findDatabaseTarget(cloud, input);
    const { place, target, population } = found;
    const { kind, id, name, arn, database } = target;
    const checked = await checkModification(cloud, place, database, input);
    return {
      account: place.account.name,
      region: place.region,
      states: [{ kind, id, name, arn, facts: factsOf(database), takes: clustersOf([target]) }],
      population,
      detail: { ...found, ...checked },
    };
  },

  plan(input, { account, region, states, detail }) {
    const [target] = states;
    if (!target) throw untouched('not_found', 'There is no such database.');
    const { kind, id, name, facts } = target;
    refuseInCluster(detail, input);
    const wish = wishFor(input, name, facts);
    if (wish.storage_gb !== undefined) refuseStorage(wish.storage_gb, name, facts, detail);
    const growsOnly = wish.class === undefined;
    requireState(name, String(facts.status), growsOnly ? [...MODIFIABLE, 'storage-full'] : MODIFIABLE);
    const { affected, gaps } = databaseBlastRadius(detail.target, detail.others, detail.surroundings);
    const grows = wish.storage_gb !== undefined;
    return {
      tool: 'modify_database',
      arguments: { database: id, ...wish, account, region },
      risk: 'destructive',
      irreversible: grows,
      targets: [{ kind, id, name, was: { ...facts }, becomes: { ...wish } }],
      blast_radius: {
        // More storage interrupts nobody: replicas and callers go on.
        affected: growsOnly ? affected.filter(({ how }) => how === 'calls_it') : affected,
        gaps: [...detail.gaps, ...gaps],
      },
      undo: grows
        ? { possible: false, why: 'storage_cannot_shrink' }
        : {
            possible: true,
            tool: 'modify_database',
            arguments: { database: id, class: String(facts.class), account, region },
            note: 'restarts_database_again',
          },
      cli: [cliLine(detail.place, id, wish)],
    };
  },

  event: 'ModifyDBInstance',

  async attempt(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { sdk, client } = await place.account.connect('rds', place.region, 'change');
    const { id, wish } = modificationOf(change);
    try {
      await client.send(
        new sdk.ModifyDBInstanceCommand({
          DBInstanceIdentifier: id,
          ApplyImmediately: true,
          ...(wish.class === undefined ? {} : { DBInstanceClass: wish.class }),
          ...(wish.storage_gb === undefined ? {} : { AllocatedStorage: wish.storage_gb }),
        }),
      );
    } catch (error) {
      throw asFailure(error, { action: 'rds:ModifyDBInstance', place }, 'change');
    }
  },

  async verify(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, name, wish } = modificationOf(change);
    const now = await readDatabase(cloud, place, id);
    if (!now) return [{ id, name, facts: {}, result: 'not_seen' }];
    const facts = factsOf(now);
    const { DBInstanceClass, AllocatedStorage } = now.PendingModifiedValues ?? {};
    const arrived = reaches(wish, { class: now.DBInstanceClass, storage_gb: now.AllocatedStorage });
    const waiting = reaches(wish, {
      class: DBInstanceClass ?? now.DBInstanceClass,
      storage_gb: AllocatedStorage ?? now.AllocatedStorage,
    });
    return [{ id, name, facts, result: resultOf(arrived, waiting, String(facts.status)) }];
  },
};

/** What waits for the maintenance window is among them: to apply a change at once applies that too. */
function factsOf(database: DBInstance): Facts {
  const pending = Object.entries(pendingOf(database.PendingModifiedValues));
  return {
    status: database.DBInstanceStatus ?? 'unknown',
    class: database.DBInstanceClass ?? 'unknown',
    ...(isAurora(database.Engine) ? {} : { storage_gb: database.AllocatedStorage ?? 0 }),
    ...Object.fromEntries(pending.map(([key, value]) => [`pending_${key}`, value])),
  };
}

function reaches(wish: Wish, is: Wish): boolean {
  return (
    (wish.class === undefined || wish.class === is.class) &&
    (wish.storage_gb === undefined || wish.storage_gb === is.storage_gb)
  );
}

function resultOf(arrived: boolean, waiting: boolean, status: string): Seen['result'] {
  if (arrived) return ON_ITS_WAY.includes(status) ? 'in_progress' : 'done';
  return waiting || ON_ITS_WAY.includes(status) ? 'in_progress' : 'not_seen';
}

/** What of the call is a change; what is so already is left out. Throws `CallFailure` when nothing is left. */
function wishFor(input: Wish, name: string, facts: Facts): Wish {
  const wish: Wish = {
    ...(input.class !== undefined && input.class !== facts.class ? { class: input.class } : {}),
    ...(input.storage_gb !== undefined && input.storage_gb !== facts.storage_gb
      ? { storage_gb: input.storage_gb }
      : {}),
  };
  if (wish.class === undefined && wish.storage_gb === undefined) {
    const has = [facts.class, ...(facts.storage_gb === undefined ? [] : [`${facts.storage_gb} GiB`])];
    throw untouched('invalid_state', `${name} has ${has.join(' and ')} already. There is nothing to change.`);
  }
  return wish;
}

/** A Multi-AZ DB cluster has one class and one storage; Aurora's storage grows by itself. */
function refuseInCluster({ target }: FoundTarget, input: Wish): void {
  const { id, database } = target;
  const cluster = database.DBClusterIdentifier;
  if (isAurora(database.Engine)) {
    if (input.storage_gb === undefined) return;
    throw untouched(
      'invalid_state',
      `${id} is Aurora: its storage grows by itself, and has no size to set.`,
      {
        hint: 'If it is full, the cluster is at its limit or data has to go; look at get_metric AuroraVolumeBytesLeftTotal.',
      },
    );
  }
  if (cluster === undefined) return;
  throw untouched(
    'invalid_state',
    `${id} is a member of the Multi-AZ DB cluster ${cluster}: class and storage are those of the cluster, and all members change together.`,
    {
      hint: `This tool changes single databases only; for the cluster: aws rds modify-db-cluster --db-cluster-identifier ${cluster} --apply-immediately with --db-cluster-instance-class or --allocated-storage.`,
    },
  );
}

function refuseStorage(size: number, name: string, facts: Facts, { storageChangedAt }: Checked): void {
  const has = Number(facts.storage_gb ?? 0);
  if (size < has) {
    throw untouched('invalid_state', `${name} has ${has} GiB: the storage of a database can only grow.`, {
      hint: `Ask for more than ${has} GiB. To shrink, data has to move to a new database.`,
    });
  }
  const least = Math.ceil((has * LEAST_PERCENT) / 100);
  if (size < least) {
    throw untouched('invalid_state', `${name} has ${has} GiB, and RDS grows storage by 10 % at least.`, {
      hint: `Ask for ${least} GiB or more.`,
    });
  }
  if (facts.status === 'storage-optimization' || storageChangedAt !== null) {
    const when = storageChangedAt === null ? '' : ` at ${storageChangedAt}`;
    const again =
      storageChangedAt === null
        ? ''
        : ` Possible again from ${new Date(Date.parse(storageChangedAt) + STORAGE_REST_MS).toISOString()}.`;
    throw untouched(
      'invalid_state',
      `The storage of ${name} was changed${when} already: RDS changes it once in six hours, and not before it is optimised.${again}`,
      { hint: 'If space is short now, delete what is not needed (old logs, temporary tables).' },
    );
  }
}

function cliLine(place: Place, id: string, wish: Wish): string {
  return awsLine(
    place,
    ...['rds', 'modify-db-instance', '--db-instance-identifier', id],
    ...(wish.class === undefined ? [] : ['--db-instance-class', wish.class]),
    ...(wish.storage_gb === undefined ? [] : ['--allocated-storage', String(wish.storage_gb)]),
    '--apply-immediately',
  );
}

function modificationOf({ targets: [target], arguments: given }: PlannedChange) {
  if (!target) throw new TypeError('a modification has one target');
  const wish: Wish = {
    ...(given.class === undefined ? {} : { class: String(given.class) }),
    ...(given.storage_gb === undefined ? {} : { storage_gb: Number(given.storage_gb) }),
  };
  return { id: target.id, name: target.name, wish };
}
