import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Newcomer, newcomer } from './program.ts';
import type { PseudoTerminal } from './pseudo-terminal.ts';

let person: Newcomer;
beforeEach(async () => {
  person = await newcomer();
});
afterEach(() => person.leave());

/** Says a sentence and waits for its answer: what stands below the sentence on the screen. */
async function say(chat: PseudoTerminal, sentence: string, answer: RegExp): Promise<string> {
  const below = (screen: string) => screen.slice(screen.lastIndexOf(`› ${sentence}`));
  chat.type(`${sentence}\r`);
  const screen = await chat.until((now) => now.includes(`› ${sentence}`) && answer.test(below(now)));
  return below(screen);
}

test('an answer is whole, and nothing of an old frame is left, after changes of size', async () => {
  const chat = person.terminal(['--account', 'demo'], { columns: 20, rows: 12 });
  await chat.until(/demo-shop/);
  chat.type('list stopped instances\r');
  const answer = '● 2 instances\n  (stopped): batch-1\n  and reports-1.\n';
  await chat.until((screen) => screen.includes(`${answer}› Say what you want`));
  const rules = (screen: string) => screen.match(/^─+$/gm) ?? [];
  for (const [columns, rows] of [
    [40, 15],
    [80, 24],
    [120, 40],
  ] as const) {
    chat.resize(columns, rows);
    const screen = await chat.until(
      (now) => rules(now).length === 2 && rules(now).every((rule) => rule.length === columns),
    );
    expect(screen.match(/› Say what you want/g)).toHaveLength(1);
    expect(screen).toContain(answer);
  }
});

test('a newcomer looks around, starts, reboots, terminates, and asks in three languages', async () => {
  const chat = person.terminal(['--account', 'demo', '--speed', '20']);
  await chat.until(/demo-shop · SIMULATED · 123456789012/);

  const listed = await say(chat, 'list all instances', /9 instances: 7 running, 2 stopped/);
  expect(listed).toMatch(/✓ list_instances/);
  expect(listed).toMatch(/batch-1 +stopped/);
  expect(listed).toContain('$ aws ec2 describe-instances --region ap-northeast-2');
  expect(listed).toMatch(/\d+ ms|\d\.\d+ s/);

  expect(await say(chat, 'which are stopped?', /2 instances \(stopped\)/)).toMatch(/state=stopped/);

  // "the batch server" is a description, not a name: a start asks too.
  chat.type('start the batch server\r');
  await chat.until(/start_instances instances=batch-1 waits for your answer/);
  await chat.pressUntil('y', /batch-1: stopped → pending/);

  const cpu = await say(chat, 'CPU of web-1 over the last 3 hours', /averaged \d+ %, peaked at \d+ %/);
  expect(cpu).toMatch(/last=3h/);

  expect(await say(chat, 'what alarms are firing', /● \d+ alarms? firing: /)).toContain('api-5xx-high');
  expect(await say(chat, 'what changed in the last hour', /changes? between/)).toContain(
    'UpdateFunctionCode',
  );

  chat.type('reboot api-1\r');
  const dialog = await chat.until(/reboot_instances instances=api-1 waits for your answer[\s\S]*y approve/);
  expect(dialog).toMatch(/api-alb/); // the blast radius
  expect(dialog).toContain('aws ec2 reboot-instances --instance-ids i-0c24e68a0b2d4f713');
  expect(dialog).toContain('arn:aws:iam::123456789012:user/operator');
  await chat.pressUntil('y', /reboot_instances api-1: done/);

  chat.type('terminate bastion\r');
  await chat.until(/type the name: bastion/);
  await chat.pressUntil('y', /› y/); // heard, and no yes to something that cannot be undone
  await chat.pressUntil('\r', /not the name|Not the name|bastion/);
  chat.type('\u001b');
  await chat.until(/terminate bastion[\s\S]*Declined; nothing was changed\.[\s\S]*› Say what you want/);
  await say(chat, 'list running instances', /bastion +running[^●]*● 8 instances/);

  chat.type('terminate bastion\r');
  await chat.until(
    (screen) => screen.split('type the name: bastion').length > 1 && /bastion waits/.test(screen),
  );
  await chat.pressUntil('b', /› b\n/);
  chat.type('astion');
  await chat.until(/› bastion\n/);
  chat.type('\r');
  await chat.until(/bastion: running → shutting-down/);

  expect(await say(chat, '웹 서버 목록 보여줘', /인스턴스 3개/)).toContain('staging-web-1');

  chat.type('停止 web-2\r');
  await chat.until(/stop_instances instances=web-2 waits for your answer/);
  await chat.pressUntil('n', /已拒绝，没有任何改动/);

  chat.type('exit\r');
  expect((await chat.exited).exitCode).toBe(0);

  const audit = await person.run(['audit', 'verify']);
  expect(audit.code).toBe(0);
});
