import {
  LookupEventsCommand,
  type LookupEventsCommandInput,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
import { StopInstancesCommand } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { GetServiceGraphCommand } from '@aws-sdk/client-xray';
import { describe, expect, it } from 'vitest';
import { MINUTE, openAccount, SECOND, START, shop, WEB_1 } from './opened-account.ts';

const CHANGED = shop(`lambda: [{name: checkout}]
changes:
  - {at: -35m, who: deploy-bot, event: UpdateFunctionCode, resource: checkout}
  - {at: 2026-11-20T08:00:00Z, who: mina, event: AuthorizeSecurityGroupIngress, resource: web-1}
  - {at: +10m, who: deploy-bot, event: UpdateFunctionCode, resource: checkout}
`);

describe('the trail', () => {
  it('has the changes of the file, newest first, by the ids AWS has', async () => {
    const { cloudtrail } = await openAccount(CHANGED);
    const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({}));
    expect(
      Events.map((one) => [one.EventName, one.Username, one.EventSource, one.Resources?.[0]?.ResourceName]),
    ).toEqual([
      ['UpdateFunctionCode', 'deploy-bot', 'lambda.amazonaws.com', 'checkout'],
      ['AuthorizeSecurityGroupIngress', 'mina', 'ec2.amazonaws.com', WEB_1],
    ]);
    expect(Events[0]?.EventTime).toEqual(new Date(START.getTime() - 35 * MINUTE));
  });

  it('looks up by attribute and time', async () => {
    const { cloudtrail } = await openAccount(CHANGED);
    const found = async (input: LookupEventsCommandInput) =>
      (await cloudtrail.send(new LookupEventsCommand(input))).Events?.map((one) => one.EventName);
    const by = (AttributeKey: 'Username' | 'ResourceName' | 'EventName', AttributeValue: string) => ({
      LookupAttributes: [{ AttributeKey, AttributeValue }],
    });
    expect(await found(by('Username', 'mina'))).toEqual(['AuthorizeSecurityGroupIngress']);
    expect(await found(by('ResourceName', WEB_1))).toEqual(['AuthorizeSecurityGroupIngress']);
    expect(await found(by('ResourceName', 'checkout'))).toEqual(['UpdateFunctionCode']);
    expect(await found({ StartTime: new Date(START.getTime() - 60 * MINUTE) })).toEqual([
      'UpdateFunctionCode',
    ]);
    expect(await found({ EndTime: new Date(START.getTime() - 60 * MINUTE) })).toEqual([
      'AuthorizeSecurityGroupIngress',
    ]);
  });

  it('has what was done in the run, by whom, a little later', async () => {
    const identity = 'arn:aws:sts::111122223333:assumed-role/on-call/mina';
    const { cloudtrail, ec2, sts, advance } = await openAccount(shop(), { identity });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '111122223333',
      Arn: identity,
    });
    await ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_1] }));
    advance(5 * SECOND);
    expect((await cloudtrail.send(new LookupEventsCommand({}))).Events).toEqual([]);
    advance(15 * SECOND);
    const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({}));
    expect(Events).toMatchObject([
      {
        EventName: 'StopInstances',
        Username: 'mina',
        Resources: [{ ResourceType: 'AWS::EC2::Instance', ResourceName: WEB_1 }],
      },
    ]);
    expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toMatchObject({
      userIdentity: { arn: identity },
      requestParameters: { instancesSet: { items: [{ instanceId: WEB_1 }] } },
    });
  });

  it('pages by 50', async () => {
    const changes = Array.from(
      { length: 120 },
      (_, i) => `  - {at: -${i + 1}m, who: bot, event: PutMetricAlarm}`,
    ).join('\n');
    const { cloudtrail } = await openAccount(shop(`changes:\n${changes}\n`));
    const sizes: number[] = [];
    for await (const page of paginateLookupEvents({ client: cloudtrail }, {}))
      sizes.push(page.Events?.length ?? 0);
    expect(sizes).toEqual([50, 50, 20]);
    await expect(cloudtrail.send(new LookupEventsCommand({ MaxResults: 51 }))).rejects.toMatchObject({
      name: 'InvalidMaxResultsException',
    });
  });
});

describe('the service graph', () => {
  it('has who calls whom, load balancers and what is outside the file', async () => {
    const { xray } = await openAccount(
      shop(
        'lambda: [{name: checkout}]\ndependencies: [{from: checkout, to: front}, {from: web-1, to: pay.example.com}]\n',
      ),
    );
    const { Services = [] } = await xray.send(
      new GetServiceGraphCommand({ StartTime: new Date(START.getTime() - 60 * MINUTE), EndTime: START }),
    );
    const name = (id: number | undefined) => Services.find((one) => one.ReferenceId === id)?.Name;
    const edges = Services.flatMap((one) =>
      (one.Edges ?? []).map((edge) => `${one.Name} > ${name(edge.ReferenceId)}`),
    );
    expect(edges.sort()).toEqual([
      'checkout > front',
      'front > web-1',
      'front > web-2',
      'web-1 > pay.example.com',
    ]);
    expect(Services.find((one) => one.Name === 'pay.example.com')?.Type).toBe('remote');
    expect(Services.find((one) => one.Name === 'web-1')?.Names).toContain(WEB_1);
    expect(Services.find((one) => one.Name === 'checkout')?.Root).toBe(true);
  });

  it('covers six hours at most', async () => {
    const { xray } = await openAccount(shop());
    const command = new GetServiceGraphCommand({
      StartTime: new Date(START.getTime() - 420 * MINUTE),
      EndTime: START,
    });
    await expect(xray.send(command)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });
});
