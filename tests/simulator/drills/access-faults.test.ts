import { RebootInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { readAccountFile } from '../../../mcp-server/simulator/account-file.ts';
import { causedHealth } from '../../../mcp-server/simulator/world/faults/announced.ts';
import { createWorld } from '../../../mcp-server/simulator/world/world.ts';
import { openDrill } from '../drill.ts';
import { MINUTE, START, shop, WEB_1, writeAccount } from '../opened-account.ts';

const MORE = `lambda: [{name: checkout}]
apis: [{name: shop-api}]
dependencies: [{from: shop-api, to: checkout}, {from: checkout, to: web-1}]
alarms:
  - {name: errors, namespace: AWS/Lambda, metric: Errors, dimensions: {FunctionName: checkout}, threshold: 3, period: 60, periods: 2}
metrics:
  - {namespace: AWS/ApplicationELB, name: RequestCount, dimensions: {LoadBalancer: front}, shape: {base: 1000}}
`;

const drill = (fault: string) => openDrill(shop(`${MORE}faults: [${fault}]\n`));

describe('permission_denied', () => {
  test('fails with a permission that somebody took away, and stays until a person gives it back', async () => {
    const { advance, ec2, lastMinute, alarm, logLines, changes } = await drill(
      '{at: +2m, kind: permission_denied, on: checkout}',
    );
    advance(30_000);
    expect(await changes()).toEqual([]);
    expect(await logLines('/aws/lambda/checkout')).toEqual([]);
    advance(6 * MINUTE);
    expect(await changes('checkout')).toEqual(['DeleteRolePolicy by m.kang on checkout-role']);
    const lines = await logLines('/aws/lambda/checkout', 2);
    expect(lines.length).toBeGreaterThan(30);
    expect(lines[0]).toMatch(
      /^2026-11-20T10:0\d:\d\d\.\d{3}Z\t[0-9a-f-]{36}\tERROR\tAccessDeniedException: .*checkout-role/,
    );
    expect(new Set(lines.map((line) => line.split('\t')[1])).size).toBe(lines.length);
    expect(await lastMinute('AWS/Lambda', 'Errors', { FunctionName: 'checkout' })).toBeGreaterThan(15);
    expect(await lastMinute('AWS/ApiGateway', '5XXError', { ApiName: 'shop-api' })).toBeGreaterThan(10);
    expect((await logLines('/aws/apigateway/shop-api', 2)).join('\n')).toMatch(
      /call to checkout failed: status \d+ AccessDenied/,
    );
    expect(await alarm('errors')).toBe('ALARM');
    await ec2.send(new RebootInstancesCommand({ InstanceIds: [WEB_1] }));
    advance(60 * MINUTE);
    expect(await alarm('errors')).toBe('ALARM');
    expect((await logLines('/aws/lambda/checkout', 2)).length).toBeGreaterThan(30);
  });
});

describe('certificate_expired', () => {
  const FAULT = '{at: +2m, kind: certificate_expired, on: front}';

  test('turns clients away at the handshake, and says why it was not renewed', async () => {
    const { advance, lastMinute, changes } = await drill(FAULT);
    expect(await changes('front')).toEqual([
      expect.stringMatching(/^ChangeResourceRecordSets by dns-cleanup on Z/),
    ]);
    expect(await lastMinute('AWS/ApplicationELB', 'RequestCount', { LoadBalancer: 'front' })).toBe(1000);
    advance(6 * MINUTE);
    expect(
      await lastMinute('AWS/ApplicationELB', 'ClientTLSNegotiationErrorCount', { LoadBalancer: 'front' }),
    ).toBeGreaterThan(200);
    expect(await lastMinute('AWS/ApplicationELB', 'RequestCount', { LoadBalancer: 'front' })).toBeLessThan(
      150,
    );
    // Nothing is wrong with the targets.
    expect(
      await lastMinute('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', { LoadBalancer: 'front' }),
    ).toBe(0);
  });

  test('is an event of AWS Health', async () => {
    const file = await readAccountFile(await writeAccount(shop(`faults: [${FAULT}]\n`)));
    const events = causedHealth(createWorld(file, START.getTime(), []));
    expect(events).toMatchObject(
      [
        {
          event: { service: 'ACM', status: 'open', at: START.getTime() + 2 * MINUTE, description: /expired/ },
        },
      ].map(({ event: { description: _, ...rest } }) => ({ event: rest })),
    );
    expect(events[0]?.event.description).toMatch(/front could not be renewed.*expired/);
  });
});

describe('config_changed', () => {
  test('shows as the change somebody made, and as calls that get no answer', async () => {
    const { advance, changes, logLines, lastMinute, alarm } = await drill(
      '{at: +2m, kind: config_changed, on: web-1}',
    );
    advance(8 * MINUTE);
    expect(await changes(WEB_1)).toEqual([
      expect.stringMatching(/^RevokeSecurityGroupIngress by s\.yoon on sg-[0-9a-f]{17}$/),
    ]);
    expect((await logLines('/aws/lambda/checkout')).join('\n')).toMatch(
      /call to web-1 failed: connect ETIMEDOUT/,
    );
    expect(await lastMinute('AWS/Lambda', 'Errors', { FunctionName: 'checkout' })).toBeGreaterThan(5);
    expect(await alarm('errors')).toBe('ALARM');
    advance(120 * MINUTE);
    expect(await alarm('errors')).toBe('ALARM');
  });

  test('is not told twice when the file has the change', async () => {
    const { advance, changes } = await openDrill(
      shop(
        `${MORE}changes: [{at: +1m, who: a.lee, event: UpdateFunctionConfiguration20150331v2, resource: checkout}]\nfaults: [{at: +2m, kind: config_changed, on: checkout}]\n`,
      ),
    );
    advance(5 * MINUTE);
    expect(await changes('checkout')).toEqual(['UpdateFunctionConfiguration20150331v2 by a.lee on checkout']);
  });

  test('may be on what is outside of the file', async () => {
    const { advance, changes } = await drill('{at: +1m, kind: config_changed, on: shop-assets}');
    advance(5 * MINUTE);
    expect(await changes('shop-assets')).toEqual(['PutBucketPolicy by s.yoon on shop-assets']);
  });
});
