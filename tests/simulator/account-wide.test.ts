import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CostExplorerClient,
  DataUnavailableException,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  GetCostForecastCommand,
} from '@aws-sdk/client-cost-explorer';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeEventDetailsCommand, DescribeEventsCommand, HealthClient } from '@aws-sdk/client-health';
import {
  GetResourcesCommand,
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
  TagResourcesCommand,
  UntagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { describe, expect, it } from 'vitest';
import { MINUTE, newFolder, openAccount, shop, WEB_1, WEB_2 } from './opened-account.ts';

type Options = Parameters<typeof openAccount>[1];

async function opened(more = '', options: Options = {}) {
  const account = await openAccount(shop(more), options);
  const clients = {
    ce: new CostExplorerClient({ region: 'us-east-1' }),
    events: new EventBridgeClient({ region: 'ap-northeast-2' }),
    health: new HealthClient({ region: 'us-east-1' }),
    tagging: new ResourceGroupsTaggingAPIClient({ region: 'ap-northeast-2' }),
  };
  for (const client of Object.values(clients)) account.account.attach(client);
  return { ...account, ...clients };
}

const DAYS = ['2026-10-31', '2026-11-01', '2026-11-19', '2026-11-20', '2026-11-21'];
const bill = [
  'usage_type,date,account,service,region,amount',
  ...DAYS.map((day) => `BoxUsage,${day},111122223333,"EC2, and more",ap-northeast-2,2`),
].join('\r\n');
const COSTS = 'costs: {file: costs.csv}\n';
const asked = (more: Partial<GetCostAndUsageCommandInput> = {}) =>
  new GetCostAndUsageCommand({
    TimePeriod: { Start: '2026-10-31', End: '2026-12-01' },
    Granularity: 'MONTHLY',
    Metrics: ['UnblendedCost'],
    ...more,
  });

describe('costs', () => {
  it('come by month, up to today, the bill of this month estimated', async () => {
    const { ce } = await opened(COSTS, { beside: { 'costs.csv': bill } });
    const { ResultsByTime } = await ce.send(asked());
    expect(ResultsByTime).toMatchObject([
      {
        TimePeriod: { Start: '2026-10-31', End: '2026-11-01' },
        Total: { UnblendedCost: { Amount: '2', Unit: 'USD' } },
        Estimated: false,
      },
      {
        TimePeriod: { Start: '2026-11-01', End: '2026-12-01' },
        Total: { UnblendedCost: { Amount: '6' } },
        Estimated: true,
      },
    ]);
    const grouped = await ce.send(asked({ GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }] }));
    expect(grouped.ResultsByTime?.[0]).toMatchObject({ Total: {}, Groups: [{ Keys: ['EC2, and more'] }] });
  });

  it('replayed end on the day the run starts', async () => {
    const { ce } = await opened('costs: {file: costs.csv, replay: true}\n', {
      beside: { 'costs.csv': bill.replace('2026-11-21', '2026-12-30') },
    });
    const { ResultsByTime = [] } = await ce.send(
      asked({ Granularity: 'DAILY', TimePeriod: { Start: '2026-11-19', End: '2026-11-21' } }),
    );
    expect(ResultsByTime.map((one) => one.Total?.UnblendedCost?.Amount)).toEqual(['0', '2']);
  });

  it('asked wrongly are refused in the words of AWS', async () => {
    const { ce } = await opened(COSTS, { beside: { 'costs.csv': bill } });
    const day = (Start: string, End: string) => ({ TimePeriod: { Start, End } });
    for (const wrong of [
      day('2026-11-02', '2026-11-02'),
      day('yesterday', '2026-11-02'),
      { Metrics: [] },
      { Metrics: ['Cost'] },
      { GroupBy: [{ Type: 'DIMENSION' as const, Key: 'COLOUR' }] },
    ]) {
      await expect(ce.send(asked(wrong))).rejects.toMatchObject({ name: 'ValidationException' });
    }
    await expect(ce.send(asked({ NextPageToken: 'x' }))).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
    const off = await opened();
    await expect(off.ce.send(asked())).rejects.toThrow('User not enabled for cost explorer access');
  });

  it('in a file that is no bill say which line', async () => {
    const broken = bill.replace(',2\r\nBoxUsage,2026-11-19', ',two\r\nBoxUsage,2026-11-19');
    const { ce } = await opened(COSTS, { beside: { 'costs.csv': broken } });
    await expect(ce.send(asked())).rejects.toThrow(/costs\.csv:3/);
    const headless = await opened(COSTS, { beside: { 'costs.csv': 'date,amount\n2026-11-01,3\n' } });
    await expect(headless.ce.send(asked())).rejects.toThrow(/no account, service, region, usage_type/);
  });

  it('are not forecast from too little history, nor for the past', async () => {
    const { ce } = await opened(COSTS, { beside: { 'costs.csv': bill } });
    const forecast = (Start: string) =>
      ce.send(
        new GetCostForecastCommand({
          TimePeriod: { Start, End: '2026-12-01' },
          Metric: 'UNBLENDED_COST',
          Granularity: 'MONTHLY',
        }),
      );
    await expect(forecast('2026-11-20')).rejects.toBeInstanceOf(DataUnavailableException);
    await expect(forecast('2026-11-01')).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('tags', () => {
  const arnOf = (id: string) => `arn:aws:ec2:ap-northeast-2:111122223333:instance/${id}`;

  it('of all that has some, page by page; what never had one is left out', async () => {
    const { tagging } = await opened('lambda: [{name: plain}, {name: own, tags: {a: b}}]\n');
    const found: (string | undefined)[] = [];
    for await (const page of paginateGetResources({ client: tagging, pageSize: 2 }, {})) {
      found.push(...(page.ResourceTagMappingList ?? []).map((one) => one.ResourceARN?.split(':').at(-1)));
    }
    expect(found).toEqual([`instance/${WEB_1}`, `instance/${WEB_2}`, 'instance/i-00000000000000003', 'own']);
    const prod = await tagging.send(
      new GetResourcesCommand({
        TagFilters: [{ Key: 'env', Values: ['prod'] }],
        ResourceTypeFilters: ['ec2'],
      }),
    );
    expect(prod).toMatchObject({ PaginationToken: '' });
    expect(prod.ResourceTagMappingList).toHaveLength(2);
  });

  it('that are set and removed are those of the service too, are kept, and are in the trail', async () => {
    const keep = { path: `${await newFolder()}/kept` };
    const first = await opened('', { keep });
    const { FailedResourcesMap } = await first.tagging.send(
      new TagResourcesCommand({
        ResourceARNList: [arnOf(WEB_1), arnOf('i-9')],
        Tags: { team: 'a', Name: 'w' },
      }),
    );
    expect(FailedResourcesMap).toMatchObject({ [arnOf('i-9')]: { ErrorCode: 'InvalidParameterException' } });
    first.advance(1_000);
    await first.tagging.send(
      new UntagResourcesCommand({ ResourceARNList: [arnOf(WEB_1)], TagKeys: ['env'] }),
    );
    const instance = async (of: typeof first) => {
      const { Reservations } = await of.ec2.send(new DescribeInstancesCommand({ InstanceIds: [WEB_1] }));
      return Object.fromEntries(
        (Reservations?.[0]?.Instances?.[0]?.Tags ?? []).map(({ Key, Value }) => [Key, Value]),
      );
    };
    const tags = await instance(first);
    expect(tags).toMatchObject({ Name: 'w', team: 'a' });
    expect(tags).not.toHaveProperty('env');
    first.advance(MINUTE);
    const { Events = [] } = await first.cloudtrail.send(new LookupEventsCommand({}));
    expect(Events.map((one) => [one.EventName, one.Resources?.[0]?.ResourceName])).toEqual([
      ['UntagResources', WEB_1],
      ['TagResources', WEB_1],
    ]);
    expect(await instance(await opened('', { keep }))).toEqual(tags);
  });
});

describe('AWS Health', () => {
  it('tells what the file declares, once it has begun', async () => {
    const { health, advance } = await opened('health: [{at: +10m, service: EC2, description: Errors}]\n');
    const events = async () => (await health.send(new DescribeEventsCommand({}))).events ?? [];
    expect(await events()).toEqual([]);
    advance(11 * MINUTE);
    const [event] = await events();
    expect(event).toMatchObject({
      service: 'EC2',
      statusCode: 'open',
      eventTypeCode: 'AWS_EC2_OPERATIONAL_ISSUE',
    });
    const details = await health.send(
      new DescribeEventDetailsCommand({ eventArns: [event?.arn ?? '', 'arn:aws:health:x::event/y'] }),
    );
    expect(details.successfulSet?.[0]?.eventDescription?.latestDescription).toBe('Errors');
    expect(details.failedSet).toHaveLength(1);
  });
});

describe('EventBridge', () => {
  it('answers each entry by itself', async () => {
    const { events, cloudtrail, advance } = await opened();
    const good = { Source: 'aiops', DetailType: 't', Detail: '{}' };
    const { FailedEntryCount, Entries = [] } = await events.send(
      new PutEventsCommand({
        Entries: [
          good,
          { ...good, Detail: 'no object' },
          { ...good, EventBusName: 'other' },
          { ...good, Source: 'aws.ec2' },
        ],
      }),
    );
    expect(FailedEntryCount).toBe(3);
    expect(Entries.map((one) => one.ErrorCode ?? 'taken')).toEqual([
      'taken',
      'MalformedDetail',
      'ResourceNotFoundException',
      'NotAuthorizedForSourceException',
    ]);
    advance(MINUTE);
    expect((await cloudtrail.send(new LookupEventsCommand({}))).Events).toEqual([]);
    const large = { ...good, Detail: JSON.stringify({ text: 'x'.repeat(262_144) }) };
    await expect(events.send(new PutEventsCommand({ Entries: [large] }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
