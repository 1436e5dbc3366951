import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CATALOGUE } from '../../mcp-server/contract/catalogue.ts';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import { META, METHODS } from '../../mcp-server/contract/wire.ts';
import { modifyDatabaseParameterTool } from '../../mcp-server/tools/modify-database-parameter.ts';
import { composedServer } from './in-process.ts';
import { grantFor } from './running-server.ts';

const SECRET = "ALTER USER admin PASSWORD 'hunter2-very-secret'";
const INSIGHTS = JSON.stringify({
  db_load: {
    timestamps: ['2026-11-20T08:30:00Z', '2026-11-20T08:31:00Z', '2026-11-20T08:32:00Z'],
    values: [3, 9, 6],
    unit: 'Average Active Sessions',
  },
  top_sql: [
    {
      statement: 'SELECT * FROM invoices WHERE lower(note) LIKE $1',
      db_load_avg: 5,
      wait_events: [
        { name: 'CPU', type: 'CPU', db_load_avg: 4 },
        { name: 'IO:DataFileRead', type: 'IO', db_load_avg: 1 },
      ],
      calls_per_sec: 0.4,
    },
    { statement: SECRET, db_load_avg: 0.5, wait_events: [] },
  ],
  top_wait_events: [{ name: 'CPU', type: 'CPU', db_load_avg: 4.5 }],
  top_users: [{ name: 'report', db_load_avg: 5 }],
  top_hosts: [{ id: '10.1.2.3', db_load_avg: 5 }],
});

const account = (more = '') => `
account: "111122223333"
alias: shop
regions: [ap-northeast-2, us-east-1]
clock: 2026-11-20T09:00:00Z
protected: [vault-db]
rds:
  - id: orders-db
    engine: postgres
    engine_version: "16.4"
    class: db.r6g.large
    storage_gb: 200
    multi_az: true
    parameters: {max_connections: "200", log_statement: ddl}
    replicas: [orders-db-replica]
    performance_insights: {file: insights.json}
    events:
      - {at: -2h, message: Finished DB Instance backup, categories: [backup]}
      - {at: -20m, source: orders-db-replica, message: "Replication lag has exceeded 900 seconds.", categories: ["read replica"]}
  - {id: orders-db-replica, engine: postgres, engine_version: "16.4", class: db.r6g.large, storage_gb: 200}
  - {id: catalog-db, engine: mysql, class: db.t4g.medium, storage_gb: 50, parameter_group: shared-mysql, parameters: {max_connections: "150"}}
  - {id: search-db, engine: mysql, class: db.t4g.medium, storage_gb: 50, parameter_group: shared-mysql}
  - {id: vault-db, engine: mysql, storage_gb: 20, parameter_group: vault-mysql, parameters: {wait_timeout: "60"}}
  - {id: beside-vault, engine: mysql, storage_gb: 20, parameter_group: vault-mysql}
  - {id: books-1, engine: aurora-postgresql, engine_version: "16.4", class: db.r6g.large, cluster: books}
  - {id: books-2, engine: aurora-postgresql, engine_version: "16.4", class: db.r6g.large, cluster: books}
  - {id: ledger-1, engine: postgres, cluster: ledger, parameters: {max_connections: "90"}}
  - {id: ledger-2, engine: postgres, cluster: ledger}
  - {id: far-db, engine: postgres, region: us-east-1, class: db.m6g.xlarge, performance_insights: true,
     events: [{at: -1h, message: Finished applying modification to allocated storage, categories: [configuration change]}]}
ec2:
  - {id: i-0b47c0de00000003, name: api-1, type: m6i.large, state: running, az: ap-northeast-2a}
dependencies:
  - {from: api-1, to: orders-db}
metrics:
  - {namespace: AWS/RDS, name: DatabaseConnections, dimensions: {DBInstanceIdentifier: orders-db}, unit: Count, shape: {base: 84}}
  - {namespace: AWS/RDS, name: ReplicaLag, dimensions: {DBInstanceIdentifier: orders-db-replica}, unit: Seconds, shape: {base: 3}}
${more}
`;
const shop = (more?: string) =>
  composedServer({ account: account(more), files: { 'insights.json': INSIGHTS }, args: ['--speed', '400'] });
type Shop = Awaited<ReturnType<typeof shop>>;

const databaseIn = async (server: Shop, id: string) =>
  (await server.call('list_databases')).output.databases.find((row) => row.id === id);

describe('list_databases', () => {
  test('databases of all regions, with replicas, clusters and parameter groups', async () => {
    const server = await shop();
    const { output, text } = await server.call('list_databases');
    expect(output.databases.map((row) => row.id)).toEqual([
      ...['beside-vault', 'books-1', 'books-2', 'catalog-db', 'ledger-1', 'ledger-2'],
      ...['orders-db', 'orders-db-replica', 'search-db', 'vault-db', 'far-db'],
    ]);
    expect(output.counts).toEqual({ available: 11 });
    expect(output.databases.find((row) => row.id === 'orders-db')).toMatchObject({
      engine: 'postgres',
      engine_version: '16.4',
      class: 'db.r6g.large',
      storage_gb: 200,
      multi_az: true,
      replicas: ['orders-db-replica'],
      parameter_group: 'orders-db-params',
      parameters: 'in-sync',
      performance_insights: true,
    });
    expect(output.databases.find((row) => row.id === 'orders-db-replica')?.replica_of).toBe('orders-db');
    expect(output.databases.find((row) => row.id === 'books-2')).toMatchObject({
      cluster: 'books',
      role: 'reader',
      storage_gb: null,
    });
    expect(text).toContain('orders-db available postgres 16.4 db.r6g.large 200 GiB; Multi-AZ');
    expect(output.coverage.looked_at).toContain('RDS DescribeDBClusters ap-northeast-2');
  });

  test('denied in one region is a gap; without clusters the roles are', async () => {
    const server = await shop(
      'trouble:\n  - {service: rds, action: DescribeDBInstances, region: us-east-1, error: AccessDenied}\n  - {service: rds, action: DescribeDBClusters, error: AccessDenied}\n',
    );
    const { output } = await server.call('list_databases');
    expect(output.databases).toHaveLength(10);
    expect(output.databases[1]).not.toHaveProperty('role');
    expect(output.coverage.gaps).toMatchObject([
      { what: 'databases', why: 'denied', region: 'us-east-1' },
      { what: 'roles in database clusters', why: 'denied' },
    ]);
  });

  test('the directory has them, and their metrics resolve by name', async () => {
    const server = await shop();
    const directory = await server.directory();
    expect(directory.entries).toContainEqual(
      expect.objectContaining({ kind: 'database', id: 'orders-db', state: 'available' }),
    );
    const { output } = await server.call('get_metric', {
      resource: 'Orders-DB',
      metric: 'DatabaseConnections',
    });
    expect(output.series[0]).toMatchObject({ resource: { id: 'orders-db' }, summary: { average: 84 } });
    const lag = await server.call('get_metric', { resource: 'orders-db', metric: 'ReplicaLag' });
    expect(lag.output.series).toMatchObject([
      { resource: { id: 'orders-db-replica' }, summary: { average: 3 } },
    ]);
  });
});

describe('list_database_events', () => {
  test('of the database, its replicas and its parameter group, newest first', async () => {
    const server = await shop();
    const { output, text } = await server.call('list_database_events', { database: 'orders-db' });
    expect(output.events.map((event) => [event.source, event.categories[0]])).toEqual([
      ['orders-db-replica', 'read replica'],
      ['orders-db', 'backup'],
    ]);
    expect(text).toContain('2 events of orders-db');
    await server.approved('modify_database_parameter', {
      database: 'orders-db',
      parameter: 'log_statement',
      value: 'all',
    });
    const after = await server.call('list_database_events', { database: 'orders-db', last: '1h' });
    expect(after.output.events[0]).toMatchObject({
      source: 'orders-db-params',
      source_type: 'db-parameter-group',
      message: 'Updated parameter log_statement to all',
    });
  });

  test('what RDS no longer keeps is said', async () => {
    const server = await shop();
    const { output } = await server.call('list_database_events', { database: 'orders-db', last: '30d' });
    expect(output.coverage.gaps).toMatchObject([
      { why: 'truncated', detail: 'RDS keeps events for 14 days.' },
    ]);
    expect(output.events).toHaveLength(2);
  });
});

describe('get_database_load', () => {
  test('load against the vCPUs, waits, statements, who and from where', async () => {
    const server = await shop();
    const { output, text } = await server.call('get_database_load', { database: 'orders-db' });
    expect(output).toMatchObject({
      vcpus: 2,
      load: { average: 6, max: 9, max_at: '2026-11-20T08:31:00.000Z', last: 6, period_s: 60 },
      waits: [{ name: 'CPU', load: 4.5 }],
      users: [{ name: 'report' }],
      hosts: [{ name: '10.1.2.3' }],
    });
    expect(output.statements[0]).toEqual({
      statement: 'SELECT * FROM invoices WHERE lower(note) LIKE $1',
      load: 5,
      calls_per_s: 0.4,
      waits: [
        { name: 'CPU', load: 4 },
        { name: 'IO:DataFileRead', load: 1 },
      ],
    });
    expect(text).toContain('6 average active sessions against 2 vCPUs, at most 9');
    expect(output.coverage.gaps).toEqual([]);
    expect(output.call.cli[0]).toContain('aws pi get-resource-metrics --service-type RDS');
  });

  test('a text in a statement is never shown', async () => {
    const server = await shop();
    const { output, text } = await server.call('get_database_load', { database: 'orders-db' });
    expect(output.statements[1]?.statement).toBe("ALTER USER admin PASSWORD '?'");
    expect(JSON.stringify(output) + text).not.toContain('hunter2');
    const schema = JSON.stringify(z.toJSONSchema(CATALOGUE.get_database_load.output));
    expect(schema).toMatch(/"statement":\{[^}]*"x-untrusted":true/);
  });

  test('a MySQL database waits in its own words, and its digests have no numbers', async () => {
    const server = await shop('faults: [{at: -20m, kind: database_slow, on: search-db}]\n');
    const { output } = await server.call('get_database_load', { database: 'search-db', last: '15m' });
    expect(output.waits.map((wait) => wait.name)).toContain('wait/io/file/innodb/innodb_data_file');
    expect(output.statements[0]?.statement).toMatch(/^SELECT .* LIKE \? /);
    expect(output.load?.last).toBeGreaterThan(2);
  });

  test('a time that is not kept any more is not answered with another', async () => {
    const { output } = await (await shop()).call('get_database_load', {
      database: 'far-db',
      start: '2026-08-01T00:00:00Z',
      end: '2026-08-02T00:00:00Z',
    });
    expect(output.load).toBeNull();
    expect(output.coverage.gaps).toMatchObject([{ why: 'truncated' }, { why: 'no_data' }]);
  });

  test('not enabled, denied and empty are told apart', async () => {
    const server = await shop(
      'trouble:\n  - {service: pi, action: DescribeDimensionKeys, error: NotAuthorizedException}\n',
    );
    const off = await server.call('get_database_load', { database: 'catalog-db' });
    expect(off.output).toMatchObject({ load: null, statements: [], vcpus: 2 });
    expect(off.output.coverage.gaps).toMatchObject([{ what: 'load of catalog-db', why: 'not_configured' }]);
    expect(off.output.coverage.gaps[0]?.detail).toContain('--enable-performance-insights');
    const partly = await server.call('get_database_load', { database: 'far-db' });
    expect(partly.output.load?.values.length).toBeGreaterThan(50);
    expect(partly.output.coverage.gaps.map((gap) => [gap.what, gap.why])).toContainEqual([
      'top SQL of far-db',
      'denied',
    ]);
    const empty = await server.call('get_database_load', {
      database: 'orders-db',
      start: '2026-11-20T05:00:00Z',
      end: '2026-11-20T06:00:00Z',
    });
    expect(empty.output.load).toBeNull();
  });
});

describe('reboot_database', () => {
  test('says what it cuts, and that the standby does not take over', async () => {
    const server = await shop();
    const { proposal, output } = await server.approved('reboot_database', { database: 'orders-db' });
    expect(proposal).toMatchObject({
      risk: 'destructive',
      targets: [{ id: 'orders-db', was: { status: 'available', multi_az: true } }],
      undo: { possible: false, why: 'connections_are_cut' },
      cli: [
        'aws rds reboot-db-instance --db-instance-identifier orders-db --no-force-failover --region ap-northeast-2',
      ],
    });
    expect(proposal.blast_radius.affected.map((one) => [one.id, one.how])).toEqual([
      ['orders-db', 'standby_does_not_take_over'],
      ['api-1', 'calls_it'],
      ['orders-db-replica', 'replica_falls_behind'],
    ]);
    expect(output.changes[0]?.after).toEqual({
      status: 'rebooting',
      multi_az: true,
      parameters: 'in-sync',
    });
    await expect.poll(async () => (await databaseIn(server, 'orders-db'))?.status).toBe('available');
    const { output: done } = await server.call('list_changes', { resource: 'orders-db', last: '1h' });
    expect(done.changes[0]).toMatchObject({ event: 'RebootDBInstance' });
  });

  test('the writer of a Multi-AZ DB cluster takes its cluster with it; an Aurora member goes alone', async () => {
    const server = await shop();
    const cluster = await server.failing('reboot_database', { database: 'ledger-1' });
    expect(cluster.proposal).toMatchObject({
      targets: [{ was: { restarts_cluster: 'ledger' } }],
      cli: ['aws rds reboot-db-cluster --db-cluster-identifier ledger --region ap-northeast-2'],
    });
    const alone = await server.approved('reboot_database', { database: 'books-2' });
    expect(alone.proposal.blast_radius.affected).toMatchObject([
      { id: 'books-1', how: 'shares_its_cluster' },
    ]);
    expect((await databaseIn(server, 'books-1'))?.status).toBe('available');
  });

  test('a protected cluster protects its members', async () => {
    const server = await composedServer({
      account: account(),
      files: { 'insights.json': INSIGHTS },
      configuration: 'protected: [books]\n',
    });
    const kept = { code: 'forbidden', rule: 'protected' };
    expect(await server.failing('reboot_database', { database: 'books-2' })).toMatchObject(kept);
    const grown = { database: 'books-2', class: 'db.r6g.xlarge' };
    expect(await server.failing('modify_database', grown)).toMatchObject(kept);
  });

  test('a cluster is no database, and a protected one is left alone', async () => {
    const server = await shop();
    const which = await server.failing('reboot_database', { database: 'ledger' });
    expect(which).toMatchObject({ code: 'ambiguous' });
    expect(which.candidates?.map((one) => one.id)).toEqual(['ledger-1', 'ledger-2']);
    const kept = await server.failing('reboot_database', { database: 'vault-db' });
    expect(kept).toMatchObject({ code: 'forbidden', rule: 'protected' });
  });
});

describe('modify_database', () => {
  test('storage grows, cannot shrink, and rests for six hours', async () => {
    const server = await shop();
    const modify = (storage_gb: number) => ({ database: 'orders-db', storage_gb });
    const shrink = await server.failing('modify_database', modify(100));
    expect(shrink).toMatchObject({ code: 'invalid_state', nothing_changed: true });
    expect(shrink.message).toContain('can only grow');
    expect((await server.failing('modify_database', modify(210))).hint).toContain('220 GiB or more');
    const { proposal } = await server.approved('modify_database', modify(300));
    expect(proposal).toMatchObject({
      irreversible: true,
      targets: [{ was: { class: 'db.r6g.large', storage_gb: 200 }, becomes: { storage_gb: 300 } }],
      undo: { possible: false, why: 'storage_cannot_shrink' },
    });
    expect(proposal.cli[0]).toContain('--allocated-storage 300 --apply-immediately');
    await expect.poll(async () => (await databaseIn(server, 'orders-db'))?.storage_gb).toBe(300);
    const again = await server.failing('modify_database', modify(400));
    expect(again.message).toContain('once in six hours');
    // Also when it was somebody else, and is done long since.
    const soon = await server.failing('modify_database', { database: 'far-db', storage_gb: 400 });
    expect(soon.message).toContain('Possible again from 2026-11-20T14:00:00');
  });

  test('a class is changed at once, and can be changed back', async () => {
    const server = await shop();
    const args = { database: 'orders-db', class: 'db.r6g.2xlarge' };
    const { proposal, output } = await server.approved('modify_database', args);
    expect(proposal).toMatchObject({
      irreversible: false,
      undo: {
        possible: true,
        arguments: { database: 'orders-db', class: 'db.r6g.large' },
        note: 'restarts_database_again',
      },
    });
    expect(output.changes[0]).toMatchObject({
      result: 'in_progress',
      after: { status: 'modifying', class: 'db.r6g.large', pending_class: 'db.r6g.2xlarge' },
    });
    await expect
      .poll(async () => (await databaseIn(server, 'orders-db'))?.class, { timeout: 10_000 })
      .toBe('db.r6g.2xlarge');
    const unknown = await server.failing('modify_database', { database: 'orders-db', class: 'db.z9.huge' });
    expect(unknown).toMatchObject({ code: 'invalid_arguments' });
  });

  test('every class that RDS has can be named, so that an undo can go back to it', () => {
    const named = (name: string) =>
      CATALOGUE.modify_database.input.safeParse({ database: 'a', class: name }).success;
    expect(['db.r6g.large', 'db.serverless', 'db.r5.4xlarge.tpc2.mem2x'].filter(named)).toHaveLength(3);
    expect(['r6g.large', 'db', 'db.', 'db.r6g.large; x'].filter(named)).toEqual([]);
  });

  test('Aurora has no storage to set; a Multi-AZ DB cluster is changed as a whole', async () => {
    const server = await shop();
    const aurora = await server.failing('modify_database', { database: 'books-1', storage_gb: 500 });
    expect(aurora.message).toContain('storage grows by itself');
    const member = await server.failing('modify_database', { database: 'ledger-2', class: 'db.r6g.large' });
    expect(member).toMatchObject({ code: 'invalid_state' });
    expect(member.hint).toContain('modify-db-cluster --db-cluster-identifier ledger');
    expect((await server.failing('modify_database', { database: 'orders-db' })).code).toBe(
      'invalid_arguments',
    );
  });

  test('what could not be checked before is said in the proposal', async () => {
    const server = await shop(
      'trouble:\n  - {service: rds, action: DescribeValidDBInstanceModifications, error: AccessDenied}\n',
    );
    const { proposal } = await server.failing('modify_database', { database: 'catalog-db', storage_gb: 80 });
    expect(proposal?.kind === 'call' && proposal.blast_radius.gaps).toMatchObject([
      { what: 'what sizes catalog-db can have', why: 'denied' },
    ]);
  });
});

describe('modify_database_parameter', () => {
  const set = (database: string, parameter: string, value: string) => ({ database, parameter, value });

  test('a static parameter waits for a reboot, which then applies it', async () => {
    const server = await shop();
    const { proposal, output } = await server.approved(
      'modify_database_parameter',
      set('orders-db', 'max_connections', '500'),
    );
    expect(proposal).toMatchObject({
      targets: [
        {
          was: {
            max_connections: '200',
            parameter_group: 'orders-db-params',
            apply_method: 'pending-reboot',
          },
          becomes: { max_connections: '500', parameters: 'pending-reboot' },
        },
      ],
      undo: { possible: true, arguments: { value: '200' }, note: 'needs_reboot' },
    });
    expect(output.changes[0]).toMatchObject({
      after: { max_connections: '500', parameters: 'pending-reboot' },
      result: 'done',
    });
    // What a crash in the middle is looked up by: CloudTrail names the group, not the database.
    expect(modifyDatabaseParameterTool.requestOf?.(proposal)).toEqual({
      event: 'ModifyDBParameterGroup',
      ids: ['orders-db-params'],
    });
    const again = await server.failing(
      'modify_database_parameter',
      set('orders-db', 'max_connections', '500'),
    );
    expect(again.message).toContain('waits for a reboot');
    const reboot = await server.approved('reboot_database', { database: 'orders-db' });
    expect(reboot.proposal.targets[0]).toMatchObject({
      was: { parameters: 'pending-reboot' },
      becomes: { parameters: 'in-sync' },
    });
    await expect.poll(async () => (await databaseIn(server, 'orders-db'))?.parameters).toBe('in-sync');
  });

  test('and both are one plan', async () => {
    const server = await shop();
    const { proposal } = (await server.client.request(
      {
        method: METHODS.proposePlan,
        params: {
          steps: [
            { tool: 'modify_database_parameter', arguments: set('orders-db', 'max_connections', '500') },
            { tool: 'reboot_database', arguments: { database: 'orders-db' } },
          ],
        },
      } as never,
      z.looseObject({}),
    )) as { proposal: Proposal };
    const grant = grantFor(proposal, server.home.key);
    const meta = (step: number) => ({ [META.grant]: grant, [META.step]: step });
    await server.call('modify_database_parameter', set('orders-db', 'max_connections', '500'), meta(0));
    const { output } = await server.call('reboot_database', { database: 'orders-db' }, meta(1));
    expect(output.changes[0]).toMatchObject({
      before: { parameters: 'pending-reboot' },
      after: { status: 'rebooting' },
    });
  });

  test('a group that others use takes them along, and one that a protected one uses is protected', async () => {
    const server = await shop();
    const { proposal } = await server.approved(
      'modify_database_parameter',
      set('catalog-db', 'max_connections', '300'),
    );
    expect(proposal).toMatchObject({ targets: [{ was: { apply_method: 'immediate' } }] });
    expect(proposal.blast_radius.affected).toMatchObject([
      { id: 'search-db', how: 'shares_parameter_group' },
    ]);
    const kept = await server.failing('modify_database_parameter', set('beside-vault', 'wait_timeout', '90'));
    expect(kept).toMatchObject({ code: 'forbidden', rule: 'protected' });
  });

  test('a default group is refused with the way out, a cluster’s own group is found', async () => {
    const server = await shop();
    const refused = await server.failing(
      'modify_database_parameter',
      set('far-db', 'max_connections', '500'),
    );
    expect(refused).toMatchObject({ code: 'invalid_state', nothing_changed: true });
    expect(refused.message).toContain('default.postgres16');
    expect(refused.hint).toContain('aws rds create-db-parameter-group');
    const { proposal } = await server.approved(
      'modify_database_parameter',
      set('ledger-2', 'max_connections', '120'),
    );
    expect(proposal.cli[0]).toContain('modify-db-cluster-parameter-group');
    expect(proposal.blast_radius.affected).toMatchObject([{ id: 'ledger-1', how: 'shares_parameter_group' }]);
  });

  test('a value that cannot be is refused before anything is asked', async () => {
    const server = await shop();
    const refused: [parameter: string, value: string, words: string][] = [
      ['max_connections', '5', 'max_connections can be 6-8388607'],
      ['max_connections', 'many', 'max_connections is a whole number'],
      ['log_statement', 'everything', 'log_statement can be none, ddl, mod, all'],
      ['server_version', '17', 'cannot be changed'],
      ['max_conections', '500', 'has no parameter'],
    ];
    for (const [parameter, value, words] of refused) {
      const failed = await server.failing('modify_database_parameter', set('orders-db', parameter, value));
      expect(failed.nothing_changed).toBe(true);
      expect(failed.message).toContain(words);
    }
  });
});
