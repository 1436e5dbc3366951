import { afterEach, expect, test, vi } from 'vitest';
import { type AwsReply, type AwsRequest, awsEndpoint, callerIdentity } from './aws-endpoint.ts';
import { composedServer } from './in-process.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) await close();
});

const rds = (action: string, result: string): AwsReply => ({
  body: `<${action}Response xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><${action}Result>${result}</${action}Result></${action}Response>`,
});
const refusal = (code: string, message: string): AwsReply => ({
  status: code.includes('NotFound') ? 404 : 400,
  body: `<ErrorResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});
const database = (id: string, more = '') =>
  `<DBInstance><DBInstanceIdentifier>${id}</DBInstanceIdentifier><DBInstanceStatus>available</DBInstanceStatus>
   <Engine>postgres</Engine><EngineVersion>16.4</EngineVersion><DBInstanceClass>db.r6g.large</DBInstanceClass>
   <AllocatedStorage>100</AllocatedStorage><StorageType>gp3</StorageType><DbiResourceId>db-ABC</DbiResourceId>
   <DBParameterGroups><DBParameterGroup><DBParameterGroupName>own</DBParameterGroupName><ParameterApplyStatus>in-sync</ParameterApplyStatus></DBParameterGroup></DBParameterGroups>
   ${more}</DBInstance>`;

async function aws(reply: (request: AwsRequest, count: number) => AwsReply) {
  const endpoint = await awsEndpoint((request, count) =>
    request.action === 'GetCallerIdentity'
      ? callerIdentity('arn:aws:iam::123456789012:user/oncall')
      : reply(request, count),
  );
  closing.push(endpoint.close);
  // The SDK looks for credentials in the process's own environment.
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'A');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
  const env = { AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: endpoint.url };
  const server = await composedServer({ account: null, env });
  return { server, endpoint };
}

test('every page of databases is read, a replica in another region goes by its name, a password is not shown', async () => {
  const replicas = `<ReadReplicaDBInstanceIdentifiers><ReadReplicaDBInstanceIdentifier>arn:aws:rds:us-east-1:123456789012:db:far-copy</ReadReplicaDBInstanceIdentifier></ReadReplicaDBInstanceIdentifiers>`;
  const pending = `<PendingModifiedValues><MasterUserPassword>hunter2</MasterUserPassword></PendingModifiedValues>`;
  const { server } = await aws((_, count) =>
    count === 1
      ? rds('DescribeDBInstances', `<Marker>more</Marker><DBInstances>${database('one')}</DBInstances>`)
      : rds('DescribeDBInstances', `<DBInstances>${database('two', replicas + pending)}</DBInstances>`),
  );
  const { output } = await server.call('list_databases');
  expect(output.databases.map((row) => [row.id, row.replicas])).toEqual([
    ['one', []],
    ['two', ['far-copy']],
  ]);
  expect(output.databases[1]?.pending).toEqual({ password: 'a new one' });
  expect(JSON.stringify(output)).not.toContain('hunter2');
});

test('a change is sent once and at once; what RDS refuses is said in its words', async () => {
  const { server, endpoint } = await aws(({ action }) => {
    switch (action) {
      case 'DescribeDBInstances':
        return rds(action, `<DBInstances>${database('one')}</DBInstances>`);
      case 'DescribeOrderableDBInstanceOptions':
        return rds(
          action,
          '<OrderableDBInstanceOptions><OrderableDBInstanceOption><DBInstanceClass>db.r6g.xlarge</DBInstanceClass></OrderableDBInstanceOption></OrderableDBInstanceOptions>',
        );
      case 'ModifyDBInstance':
        return refusal('InvalidDBInstanceState', 'Database instance is not in available state.');
      default:
        return refusal('AccessDenied', 'no');
    }
  });
  const args = { database: 'one', class: 'db.r6g.xlarge' };
  await expect(server.approved('modify_database', args)).rejects.toThrow('not in available state');
  const sent = endpoint.requests.filter(({ action }) => action === 'ModifyDBInstance');
  expect(sent).toHaveLength(1);
  expect(Object.fromEntries(sent[0]?.parameters ?? [])).toMatchObject({
    DBInstanceIdentifier: 'one',
    DBInstanceClass: 'db.r6g.xlarge',
    ApplyImmediately: 'true',
  });
});

test('a database that is gone between two looks is said to be gone', async () => {
  const { server } = await aws(({ parameters }) =>
    parameters.get('DBInstanceIdentifier') === null
      ? rds('DescribeDBInstances', `<DBInstances>${database('one')}</DBInstances>`)
      : refusal('DBInstanceNotFound', 'DBInstance one not found.'),
  );
  const failed = await server.failing('list_database_events', { database: 'one' });
  expect(failed).toMatchObject({ code: 'not_found', message: 'one is gone.' });
});

test('all that waits for the maintenance window is in the facts: what is applied at once takes it along', async () => {
  const pending =
    '<PendingModifiedValues><Port>5433</Port><CACertificateIdentifier>rds-ca-rsa4096-g1</CACertificateIdentifier></PendingModifiedValues>';
  const { server } = await aws(({ action }) =>
    action === 'DescribeDBInstances'
      ? rds(action, `<DBInstances>${database('one', pending)}</DBInstances>`)
      : refusal('AccessDenied', 'no'),
  );
  const { proposal } = await server.failing('modify_database', { database: 'one', class: 'db.r6g.xlarge' });
  expect(proposal).toMatchObject({
    targets: [{ was: { pending_port: '5433', pending_ca_certificate_identifier: 'rds-ca-rsa4096-g1' } }],
  });
});

test('a reboot after which values still wait for one is not seen to have happened', async () => {
  const waiting = database('one').replace('in-sync', 'pending-reboot');
  const { server } = await aws(({ action }) => {
    if (action === 'DescribeDBInstances') return rds(action, `<DBInstances>${waiting}</DBInstances>`);
    return action === 'RebootDBInstance' ? rds(action, waiting) : refusal('AccessDenied', 'no');
  });
  const { output } = await server.approved('reboot_database', { database: 'one' });
  expect(output.changes).toMatchObject([{ result: 'not_seen', after: { parameters: 'pending-reboot' } }]);
});
