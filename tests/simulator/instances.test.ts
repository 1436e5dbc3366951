import {
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeKeyPairsCommand,
  DescribeRegionsCommand,
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  EC2Client,
  EC2ServiceException,
  type Filter,
  GetConsoleOutputCommand,
  ModifyInstanceAttributeCommand,
  ModifyVolumeCommand,
  paginateDescribeInstances,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  waitUntilInstanceStopped,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { NotSimulated } from '../../mcp-server/simulator/simulated-account.ts';
import { BATCH_1, FAR_1, MINUTE, openAccount, SECOND, shop, WEB_1, WEB_2 } from './opened-account.ts';

async function namesOf(ec2: EC2Client, filters?: Filter[]): Promise<string[]> {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters: filters }));
  return Reservations.flatMap((one) => one.Instances ?? []).map(
    (one) => one.Tags?.find((tag) => tag.Key === 'Name')?.Value ?? '',
  );
}

async function instance(ec2: EC2Client, id: string) {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations?.[0]?.Instances?.[0];
}

async function stateOf(ec2: EC2Client, id: string): Promise<string | undefined> {
  return (await instance(ec2, id))?.State?.Name;
}

async function checksOf(ec2: EC2Client, id: string): Promise<(string | undefined)[]> {
  const { InstanceStatuses } = await ec2.send(
    new DescribeInstanceStatusCommand({ InstanceIds: [id], IncludeAllInstances: true }),
  );
  const status = InstanceStatuses?.[0];
  return [status?.SystemStatus?.Status, status?.InstanceStatus?.Status];
}

describe('describing', () => {
  it('filters by tag, state, type and zone, with wildcards', async () => {
    const { ec2 } = await openAccount(shop());
    expect(await namesOf(ec2)).toEqual(['web-1', 'web-2', 'batch-1']);
    expect(await namesOf(ec2, [{ Name: 'tag:Name', Values: ['web-*'] }])).toEqual(['web-1', 'web-2']);
    expect(await namesOf(ec2, [{ Name: 'tag:Name', Values: ['WEB-*'] }])).toEqual([]);
    expect(await namesOf(ec2, [{ Name: 'tag:env', Values: ['prod', 'dev'] }])).toEqual(['web-1', 'batch-1']);
    expect(await namesOf(ec2, [{ Name: 'instance-state-name', Values: ['stopped'] }])).toEqual(['batch-1']);
    expect(await namesOf(ec2, [{ Name: 'instance-type', Values: ['c6?.*'] }])).toEqual(['batch-1']);
    expect(
      await namesOf(ec2, [
        { Name: 'availability-zone', Values: ['ap-northeast-2a'] },
        { Name: 'tag-key', Values: ['env'] },
        { Name: 'instance-state-name', Values: ['running'] },
      ]),
    ).toEqual(['web-1']);
    await expect(namesOf(ec2, [{ Name: 'colour', Values: ['red'] }])).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: "The filter 'colour' is invalid",
    });
  });

  it('keeps regions apart', async () => {
    const { clientsIn } = await openAccount(shop());
    expect(await namesOf(clientsIn('us-west-2').ec2)).toEqual(['far-1']);
    expect(await namesOf(clientsIn('eu-west-1').ec2)).toEqual([]);
    const nowhere = new EC2Client({ region: 'xx-nowhere-1', maxAttempts: 1 });
    const { account } = await openAccount(shop());
    account.attach(nowhere);
    await expect(namesOf(nowhere)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('pages, and refuses the token of another question', async () => {
    const more = Array.from(
      { length: 12 },
      (_, i) => `  - {id: i-000000000000001${String(i).padStart(2, '0')}, type: t3.nano}`,
    );
    const { ec2 } = await openAccount(shop().replace('asg:', `${more.join('\n')}\nasg:`));
    const sizes: number[] = [];
    for await (const page of paginateDescribeInstances({ client: ec2, pageSize: 6 }, {})) {
      sizes.push(page.Reservations?.length ?? 0);
    }
    expect(sizes).toEqual([6, 6, 3]);
    const first = await ec2.send(new DescribeInstancesCommand({ MaxResults: 5 }));
    const another = new DescribeInstancesCommand({
      MaxResults: 5,
      NextToken: first.NextToken,
      Filters: [{ Name: 'instance-state-name', Values: ['running'] }],
    });
    await expect(ec2.send(another)).rejects.toMatchObject({ name: 'InvalidNextToken' });
    await expect(ec2.send(new DescribeInstancesCommand({ MaxResults: 4 }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  it('answers wrong ids as EC2 does', async () => {
    const { ec2 } = await openAccount(shop());
    const malformed = await stateOf(ec2, 'web-1').catch((error: unknown) => error);
    expect(malformed).toBeInstanceOf(EC2ServiceException);
    expect(malformed).toMatchObject({
      name: 'InvalidInstanceID.Malformed',
      message: 'Invalid id: "web-1"',
      $fault: 'client',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    await expect(stateOf(ec2, 'i-0ffffffffffffffff')).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
      message: "The instance ID 'i-0ffffffffffffffff' does not exist",
    });
    await expect(stateOf(ec2, FAR_1)).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
  });

  it('knows regions and types', async () => {
    const { ec2 } = await openAccount(shop());
    const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({}));
    expect(Regions.map((one) => one.RegionName)).toContain('ap-northeast-2');
    const { InstanceTypes = [] } = await ec2.send(
      new DescribeInstanceTypesCommand({ InstanceTypes: ['m6i.xlarge'] }),
    );
    expect(InstanceTypes[0]).toMatchObject({
      VCpuInfo: { DefaultVCpus: 4 },
      MemoryInfo: { SizeInMiB: 16_384 },
    });
    const unknown = new DescribeInstanceTypesCommand({ InstanceTypes: ['t9.huge' as 't3.nano'] });
    await expect(ec2.send(unknown)).rejects.toMatchObject({ name: 'InvalidInstanceType' });
  });

  it('says what it cannot answer', async () => {
    const { ec2 } = await openAccount(shop());
    const error = await ec2.send(new DescribeKeyPairsCommand({})).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotSimulated);
    expect(error).toMatchObject({ code: 'not_simulated', service: 'ec2', action: 'DescribeKeyPairs' });
  });
});

describe('changing state', () => {
  it('passes pending and initializing after a start', async () => {
    const { ec2, advance } = await openAccount(shop());
    const { StartingInstances } = await ec2.send(new StartInstancesCommand({ InstanceIds: [BATCH_1] }));
    expect(StartingInstances).toMatchObject([
      {
        InstanceId: BATCH_1,
        PreviousState: { Name: 'stopped', Code: 80 },
        CurrentState: { Name: 'pending', Code: 0 },
      },
    ]);
    expect(await stateOf(ec2, BATCH_1)).toBe('pending');
    advance(25 * SECOND);
    expect(await stateOf(ec2, BATCH_1)).toBe('running');
    expect(await checksOf(ec2, BATCH_1)).toEqual(['initializing', 'initializing']);
    advance(2 * MINUTE);
    expect(await checksOf(ec2, BATCH_1)).toEqual(['ok', 'ok']);
    expect((await instance(ec2, BATCH_1))?.LaunchTime).toEqual(new Date('2026-11-20T10:00:00Z'));
  });

  it('passes stopping after a stop, and says who did it', async () => {
    const { ec2, advance } = await openAccount(shop());
    await ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_1] }));
    expect(await stateOf(ec2, WEB_1)).toBe('stopping');
    await expect(ec2.send(new StartInstancesCommand({ InstanceIds: [WEB_1] }))).rejects.toMatchObject({
      name: 'IncorrectInstanceState',
    });
    advance(35 * SECOND);
    expect(await instance(ec2, WEB_1)).toMatchObject({
      State: { Name: 'stopped', Code: 80 },
      StateTransitionReason: 'User initiated (2026-11-20 10:00:00 GMT)',
      StateReason: { Code: 'Client.UserInitiatedShutdown' },
    });
    expect(await checksOf(ec2, WEB_1)).toEqual(['not-applicable', 'not-applicable']);
    const { InstanceStatuses } = await ec2.send(new DescribeInstanceStatusCommand({}));
    expect(InstanceStatuses?.map((one) => one.InstanceId)).toEqual([WEB_2]);
    await expect(ec2.send(new RebootInstancesCommand({ InstanceIds: [WEB_1] }))).rejects.toMatchObject({
      name: 'IncorrectInstanceState',
    });
  });

  it('shows a terminated instance for an hour, and never starts it again', async () => {
    const { ec2, advance } = await openAccount(shop());
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [BATCH_1] }));
    expect(await stateOf(ec2, BATCH_1)).toBe('shutting-down');
    advance(MINUTE);
    expect(await stateOf(ec2, BATCH_1)).toBe('terminated');
    await expect(ec2.send(new StartInstancesCommand({ InstanceIds: [BATCH_1] }))).rejects.toMatchObject({
      name: 'IncorrectInstanceState',
    });
    advance(61 * MINUTE);
    await expect(stateOf(ec2, BATCH_1)).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
    expect(await namesOf(ec2)).toEqual(['web-1', 'web-2']);
  });

  it('does nothing at all when one id of several is wrong', async () => {
    const { ec2 } = await openAccount(shop());
    const command = new StopInstancesCommand({ InstanceIds: [WEB_1, 'i-0ffffffffffffffff'] });
    await expect(ec2.send(command)).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
    const dryRun = new StopInstancesCommand({ InstanceIds: [WEB_1], DryRun: true });
    await expect(ec2.send(dryRun)).rejects.toMatchObject({ name: 'DryRunOperation' });
    expect(await stateOf(ec2, WEB_1)).toBe('running');
  });

  it('changes a type only when stopped', async () => {
    const { ec2 } = await openAccount(shop());
    const resize = (id: string, type: string) =>
      ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, InstanceType: { Value: type } }));
    await expect(resize(WEB_1, 't3.large')).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
    await expect(resize(BATCH_1, 't9.huge')).rejects.toMatchObject({ name: 'InvalidInstanceAttributeValue' });
    await resize(BATCH_1, 'c6i.2xlarge');
    expect((await instance(ec2, BATCH_1))?.InstanceType).toBe('c6i.2xlarge');
  });

  it('runs at the speed it is told', async () => {
    const { ec2, advance } = await openAccount(shop(), { speed: 60 });
    await ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_1] }));
    advance(SECOND);
    expect(await stateOf(ec2, WEB_1)).toBe('stopped');
  });
});

describe('the SDK’s own waiters', () => {
  it('see a change come about', async () => {
    const { ec2, advance } = await openAccount(shop());
    await ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_1] }));
    advance(MINUTE);
    const { state } = await waitUntilInstanceStopped(
      { client: ec2, maxWaitTime: 60 },
      { InstanceIds: [WEB_1] },
    );
    expect(state).toBe('SUCCESS');
  });
});

describe('volumes and console', () => {
  it('grows a volume once in six hours, and never shrinks it', async () => {
    const { ec2, advance } = await openAccount(
      shop().replace('name: batch-1,', 'name: batch-1, volumes: [{id: vol-00000000000000001, size_gb: 40}],'),
    );
    const size = async () =>
      (await ec2.send(new DescribeVolumesCommand({ VolumeIds: ['vol-00000000000000001'] }))).Volumes?.[0]
        ?.Size;
    const modify = (Size: number) =>
      ec2.send(new ModifyVolumeCommand({ VolumeId: 'vol-00000000000000001', Size }));
    await expect(modify(20)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const { VolumeModification } = await modify(80);
    expect(VolumeModification).toMatchObject({
      ModificationState: 'modifying',
      OriginalSize: 40,
      TargetSize: 80,
    });
    expect(await size()).toBe(40);
    advance(30 * SECOND);
    expect(await size()).toBe(80);
    advance(10 * MINUTE);
    const { VolumesModifications } = await ec2.send(new DescribeVolumesModificationsCommand({}));
    expect(VolumesModifications).toMatchObject([{ ModificationState: 'completed', Progress: 100 }]);
    await expect(modify(120)).rejects.toMatchObject({ name: 'VolumeModificationRateExceeded' });
  });

  it('gives the console as base64', async () => {
    const { ec2 } = await openAccount(shop());
    const { Output = '' } = await ec2.send(new GetConsoleOutputCommand({ InstanceId: WEB_1 }));
    expect(Buffer.from(Output, 'base64').toString()).toMatch(/Linux version/);
  });
});
