import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { NO_TALK } from '../../src/assistant/sessions/talk-of.ts';
import type { Engine } from '../../src/domain/engine.ts';
import type { EngineEvent } from '../../src/domain/events.ts';
import { openTalk, type Turn } from './talk.ts';

const TWO_REGIONS = `account: "111122223333"
alias: two-regions
regions: [ap-northeast-2, us-west-2]
ec2:
  - {id: i-0a00000000000001, name: web-1, type: t3.medium, state: running, az: ap-northeast-2a}
  - {id: i-0a00000000000002, name: only-seoul, type: t3.medium, state: stopped, az: ap-northeast-2a}
  - {id: i-0b00000000000001, name: web-1, type: t3.medium, state: stopped, az: us-west-2a}
  - {id: i-0b00000000000003, name: "evil\\u202E1", type: t3.medium, state: running, az: us-west-2a}
`;

const OTHER = `account: "444455556666"
alias: other-account
regions: [eu-west-1]
ec2:
  - {id: i-0c00000000000001, name: far-1, type: t3.medium, state: running, az: eu-west-1a}
alarms:
  - {name: far-cpu, state: ALARM, namespace: AWS/EC2, metric: CPUUtilization, dimensions: {InstanceId: far-1}, comparison: ">", threshold: 1, period: 60, periods: 1}
`;

async function talk() {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-place-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const other = join(folder, 'other.yaml');
  const config = join(folder, 'config.yaml');
  await writeFile(other, OTHER);
  await writeFile(config, `accounts:\n  - {name: other, file: ${other}}\n`);
  const opened = await openTalk({ account: TWO_REGIONS, flags: [`--config=${config}`], watchAlarms: true });
  await heard(opened.engine, (event) => event.type === 'account');
  return opened;
}

/** The next such event (or one that a listener is told of at once). */
function heard(engine: Engine, fits: (event: EngineEvent) => boolean): Promise<EngineEvent> {
  return new Promise((resolve) => {
    const stop = engine.subscribe((event) => {
      if (!fits(event)) return;
      queueMicrotask(() => stop());
      resolve(event);
    });
  });
}

/** The arguments of each call, and the ids of the instances it found. */
function looks(turn: Turn): unknown[] {
  return turn.events.flatMap((event) => {
    if (event.type !== 'call' || event.view.state.status !== 'done') return [];
    const { instances } = event.view.state.data as { instances: { id: string }[] };
    return [[event.view.call.arguments, instances.map(({ id }) => id)]];
  });
}

test('calls that name no place look in the chosen region and account; what was named elsewhere is found', async () => {
  const { engine, say } = await talk();
  expect(looks(await say('list stopped instances'))).toEqual([
    [{ state: 'stopped' }, ['i-0a00000000000002', 'i-0b00000000000001']],
  ]);

  const places: EngineEvent[] = [];
  engine.subscribe((event) => event.type === 'place' && places.push(event));
  engine.look('us-west-2');
  expect(places).toEqual([{ type: 'place', account: null, region: 'us-west-2', asked: 'region' }]);
  // A follow-up looks where one looks by now.
  expect(looks(await say('list stopped instances'))).toEqual([
    [{ state: 'stopped', region: 'us-west-2' }, ['i-0b00000000000001']],
  ]);
  // Two have the name: the one that is here is meant, without a question. A region that is said counts more.
  const named = await say('describe web-1');
  expect(named.outcome).toBe('answered');
  expect(named.events.find((event) => event.type === 'call')).toMatchObject({
    view: { call: { arguments: { instance: 'web-1', region: 'us-west-2' } } },
  });
  expect(looks(await say('list stopped instances in ap-northeast-2'))).toEqual([
    [{ state: 'stopped', region: 'ap-northeast-2' }, ['i-0a00000000000002']],
  ]);
  // The chosen region does not hide what stands only elsewhere.
  const elsewhere = await say('describe only-seoul');
  expect(elsewhere.outcome).toBe('answered');
  expect(elsewhere.events.find((event) => event.type === 'call')).toMatchObject({
    view: { call: { arguments: { instance: 'only-seoul' } } },
  });

  // Names to complete: of this region, and none that would not stand on a line as it is.
  expect(await engine.names(10)).toEqual([{ name: 'web-1', kind: 'instance', region: 'us-west-2' }]);

  engine.look('eu-central-1');
  expect(places.at(-1)).toMatchObject({
    region: 'us-west-2',
    refused: { what: 'region', asked: 'eu-central-1', known: ['ap-northeast-2', 'us-west-2'] },
  });
  engine.switchAccount('nowhere');
  expect(places.at(-1)).toMatchObject({
    refused: { what: 'account', known: ['two-regions', 'other'] },
  });

  const firing = heard(engine, (event) => event.type === 'alarms' && event.firing === 1);
  const report = heard(
    engine,
    (event) => event.type === 'account' && event.report.accounts[1]?.current === true,
  );
  engine.switchAccount('444455556666');
  expect(places.at(-1)).toEqual({ type: 'place', account: 'other', region: null, asked: 'account' });
  await report;
  expect(looks(await say('list instances'))).toEqual([[{ account: 'other' }, ['i-0c00000000000001']]]);
  await firing;
  expect(await engine.names(10)).toContainEqual({ name: 'far-1', kind: 'instance', region: 'eu-west-1' });
  // What is spoken of by name is looked up there too.
  expect((await say('describe far-1')).outcome).toBe('answered');
  engine.switchAccount('two-regions');
  expect(places.at(-1)).toEqual({ type: 'place', account: null, region: null, asked: 'account' });
  expect(await engine.audit(5)).toEqual({ kind: 'read', entries: [] });

  // A talk taken up from elsewhere: what "it" means is what it meant there.
  const end = (await say('describe only-seoul')).events.at(-1);
  const conversation = end?.type === 'turn_ended' ? end.conversation : undefined;
  engine.resume(NO_TALK);
  expect((await say('start it')).outcome).toBe('question');
  engine.resume({ conversation: conversation!, typed: ['describe only-seoul'], brought: [] });
  const started = await say('start it', { decide: [{ decision: 'decline' }] });
  expect(started.asked[0]?.proposal).toMatchObject({
    tool: 'start_instances',
    targets: [{ name: 'only-seoul' }],
  });
});
