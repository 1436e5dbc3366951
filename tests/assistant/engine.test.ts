import { describe, expect, test } from 'vitest';
import { changePassphrase, unlockKey } from '../../src/approval/key.ts';
import { SMALL_SHOP } from '../tools-client/small-shop.ts';
import { auditOf, openTalk, stateOf } from './talk.ts';

const YES = { decision: 'approve' } as const;
const NO = { decision: 'decline', reason: 'not now' } as const;

const ALARMED = `${SMALL_SHOP}alarms:
  - {name: cpu-high, state: ALARM}
  - {name: cpu-low, state: OK}
`;

/** The next look at the alarms that nobody asked for. */
const nextLook = (talk: Awaited<ReturnType<typeof openTalk>>) =>
  new Promise<number | null>((resolve) => {
    const stop = talk.engine.subscribe((event) => {
      if (event.type !== 'alarms') return;
      queueMicrotask(() => stop());
      resolve(event.firing);
    });
  });

describe('looking at the alarms', () => {
  test('happens quietly at the start and after each turn, where somebody sees the count', async () => {
    const talk = await openTalk({ account: ALARMED, watchAlarms: true });
    expect(await nextLook(talk)).toBe(1);
    const seen: string[] = [];
    const again = new Promise<void>((resolve) => {
      let ended = false;
      talk.engine.subscribe((event) => {
        seen.push(event.type === 'call' ? event.view.call.tool : event.type);
        if (event.type === 'turn_ended') ended = true;
        if (ended && event.type === 'alarms') resolve();
      });
    });
    await talk.say('list all instances');
    await again;
    expect(seen).not.toContain('list_alarms');
  });

  test('says that nothing is known when it cannot be done', async () => {
    const account = `${ALARMED}trouble:\n  - {service: cloudwatch, action: DescribeAlarms, error: AccessDenied}\n`;
    expect(await nextLook(await openTalk({ account, watchAlarms: true }))).toBeNull();
  });
});

describe('an answer that comes late or with the wrong passphrase', () => {
  test('a proposal that nobody answers is over with its time, and nothing was run', async () => {
    let late = false;
    const talk = await openTalk({ now: () => new Date(Date.now() + (late ? 3_600_000 : 0)) });
    // Between the proposal and the question an hour goes by.
    const turn = talk.say('reboot api-1');
    late = true;
    const { outcome, said, calls, events } = await turn;
    expect(outcome).toBe('declined');
    expect(said.join()).toContain('expired before it was answered: nothing was run');
    expect(calls).toEqual(['reboot_instances declined']);
    expect(events).toContainEqual(expect.objectContaining({ type: 'approval_settled', decision: 'expired' }));
  });

  test('a wrong passphrase is asked for again, and the yes is told once it is signed', async () => {
    const talk = await openTalk();
    const folder = `${talk.home.environment.XDG_CONFIG_HOME}/aiops`;
    unlockKey(folder);
    changePassphrase(folder, undefined, 'right');
    const { asked, events } = await talk.say('reboot api-1', {
      decide: [
        { decision: 'approve', passphrase: 'wrong' },
        { decision: 'approve', passphrase: 'right' },
      ],
    });
    expect(asked.map(({ again }) => again)).toEqual([undefined, 'passphrase']);
    const settled = events.flatMap((event) => (event.type === 'approval_settled' ? [event.decision] : []));
    expect(settled).toEqual(['approve']);
  });
});

describe('reading', () => {
  test('a question is understood, called and answered, in that order, with one end', async () => {
    const talk = await openTalk();
    const { events, outcome, said } = await talk.say('list all instances');
    const steps = events
      .filter((event) => event.type !== 'server' && event.type !== 'account')
      .map((event) => (event.type === 'call' ? `call ${event.view.state.status}` : event.type));
    expect(steps).toEqual(['turn_started', 'understood', 'call running', 'call done', 'say', 'turn_ended']);
    expect(outcome).toBe('answered');
    expect(said).toEqual(['answer: 7 instances: 5 running, 2 stopped (batch-1 and batch-2).']);
  });

  test('answers come in the language of the question, or in the one that was asked for', async () => {
    const talk = await openTalk();
    expect((await talk.say('인스턴스 목록 보여줘')).said[0]).toContain('인스턴스 7개');
    expect((await talk.say('列出所有实例')).said[0]).toContain('共 7 个实例');
    talk.engine.speak('en');
    expect((await talk.say('인스턴스 목록 보여줘')).said[0]).toContain('7 instances');
  });

  test('a tool that is understood and not there yet is said so', async () => {
    const talk = await openTalk();
    const { outcome, said, calls } = await talk.say('list incidents');
    expect(outcome).toBe('failed');
    expect(calls).toEqual([]);
    expect(said[0]).toMatch(/^note: Understood: list_incidents\(.*This version has no tool for it yet\.$/);
  });

  test('why something fails is answered by what can be looked at, and a number looks at it', async () => {
    const talk = await openTalk();
    const { outcome, said, calls } = await talk.say('why is api-1 failing?');
    expect([outcome, calls]).toEqual(['question', []]);
    expect(said).toHaveLength(1);
    const lines = said[0]!.split('\n');
    expect(lines[0]).toBe(
      'question: Finding the cause by itself comes with a later version. What of api-1 do you want to look at now?',
    );
    const wanted = lines.findIndex((line) => line.endsWith('dependencies (get_dependencies)'));
    const looked = await talk.say(String(wanted));
    expect([looked.outcome, looked.calls]).toEqual(['answered', ['get_dependencies done']]);
    expect((await talk.say('api-1 왜 느려?')).said[0]).toContain(
      '지금은 api-1의 무엇을 볼까요?\n1. 상태 (describe_instance)',
    );
    expect((await talk.say('api-1 为什么报错？')).said[0]).toContain('现在想看 api-1 的什么？\n1. 状态');
  });

  test('what has to be asked back offers what the account holds, though nothing in it was named', async () => {
    const talk = await openTalk({
      account: `${SMALL_SHOP}lambda:\n  - {name: receipts, runtime: nodejs22.x}\n`,
    });
    const { outcome, said } = await talk.say('errors in all log groups');
    expect([outcome, said]).toEqual(['question', [expect.stringContaining('1. /aws/lambda/receipts')]]);
  });

  test('a server that dies in the middle is started again and the read answered', async () => {
    const talk = await openTalk({
      account: `${SMALL_SHOP}trouble:\n  - {service: ec2, action: DescribeInstances, delay: 300ms}\n`,
    });
    await talk.say('list all instances');
    const turn = talk.say('which are stopped?');
    talk.servers[0]!.child.kill('SIGKILL');
    const { outcome, events } = await turn;
    expect(outcome).toBe('answered');
    expect(events.flatMap((event) => (event.type === 'server' ? [event.state] : []))).toContain('restarting');
  });

  test('an interrupted read ends the turn as cancelled', async () => {
    const talk = await openTalk({
      account: `${SMALL_SHOP}trouble:\n  - {service: ec2, action: DescribeInstances, delay: 20s}\n`,
    });
    const turn = talk.say('list all instances');
    talk.engine.interrupt();
    expect((await turn).outcome).toBe('cancelled');
  });

  test('what could not be seen is part of the answer', async () => {
    const talk = await openTalk({
      account: SMALL_SHOP.replace('[ap-northeast-2]', '[ap-northeast-2, us-west-2, eu-west-1]').concat(
        'trouble:\n  - {service: ec2, action: DescribeInstances, region: eu-west-1, error: UnauthorizedOperation}\n',
      ),
    });
    const { outcome, said } = await talk.say('list all instances');
    expect(outcome).toBe('answered');
    expect(said[0]).toMatch(/Could not see .*eu-west-1\): access denied/);
  });

  test('two sentences at once: the second is told to wait, and both end', async () => {
    const talk = await openTalk();
    const first = talk.say('list all instances');
    const second = await talk.say('which are stopped?');
    expect(second.outcome).toBe('nothing');
    expect(second.said[0]).toMatch(/^note: /);
    expect((await first).outcome).toBe('answered');
  });
});

describe('changing', () => {
  test('a restoring change that was typed in full runs without a dialog', async () => {
    const talk = await openTalk();
    const { outcome, asked, said } = await talk.say('start batch-1');
    expect(asked).toEqual([]);
    expect(outcome).toBe('answered');
    expect(said[0]).toMatch(/^note: start_instances.*without asking/);
    expect(await stateOf(talk, 'batch-1')).not.toBe('stopped');
    expect(await auditOf(talk)).toEqual(['proposed', 'approved', 'intent', 'outcome']);
  });

  test.each(['burst', 'pasted', 'piped'] as const)('the same words %s ask', async (provenance) => {
    const talk = await openTalk();
    const { outcome, asked, calls } = await talk.say('start batch-1', { provenance, decide: [NO] });
    expect(asked.length).toBe(1);
    expect(outcome).toBe('declined');
    expect(calls).toEqual(['start_instances declined']);
    expect(await stateOf(talk, 'batch-1')).toBe('stopped');
    expect(await auditOf(talk)).toEqual(['proposed', 'declined']);
  });

  test('a destructive change asks, and runs once after a yes', async () => {
    const talk = await openTalk();
    const { outcome, asked, calls } = await talk.say('reboot api-1', { decide: [YES] });
    expect(asked.length).toBe(1);
    expect(asked[0]!.proposal).toMatchObject({ kind: 'call', tool: 'reboot_instances', risk: 'destructive' });
    expect(calls).toEqual(['reboot_instances done']);
    expect(outcome).toBe('answered');
  });

  test('edit hands the sentence back, and the proposal cannot be approved afterwards', async () => {
    const talk = await openTalk();
    const { outcome, said } = await talk.say('stop web-1', { decide: [{ decision: 'edit' }] });
    expect(outcome).toBe('declined');
    expect(said.join()).toContain('back for editing');
    expect(await auditOf(talk)).toEqual(['proposed', 'declined']);
  });

  test('why looks around and asks again', async () => {
    const talk = await openTalk();
    const { asked, calls } = await talk.say('stop api-1', { decide: [{ decision: 'why' }, NO] });
    expect(asked.length).toBe(2);
    expect(asked[0]!.proposal.id).toBe(asked[1]!.proposal.id);
    expect(calls).toEqual([
      'stop_instances declined',
      'describe_instance done',
      'get_dependencies done',
      'list_alarms done',
    ]);
  });

  test('an interruption while it asks is a no', async () => {
    const talk = await openTalk();
    const { outcome, calls } = await talk.say('stop web-1', {
      decide: [
        async () => {
          talk.engine.interrupt();
          return null;
        },
      ],
    });
    expect(outcome).toBe('cancelled');
    expect(calls).toEqual(['stop_instances cancelled']);
    expect(await auditOf(talk)).toEqual(['proposed', 'declined']);
  });

  test('a state that moved under the dialog is shown anew, and the old yes runs nothing', async () => {
    const talk = await openTalk();
    const first = await talk.say('reboot web-1', {
      decide: [
        async () => {
          const other = await talk.tools.callAny('stop_instances', { instances: ['web-1'] });
          if (other.kind !== 'failed' || other.failure.proposal?.kind !== 'call') return null;
          const { approverIn } = await import('../../src/approval/approver.ts');
          const { WORDS } = await import('../../src/language/conversation.ts');
          const folder = `${talk.home.environment.XDG_CONFIG_HOME}/aiops`;
          const approver = approverIn(
            folder,
            () => WORDS.en.approval,
            () => new Date(),
          );
          const signed = await approver.sign(other.failure.proposal, undefined);
          if (signed.kind !== 'signed') return null;
          await talk.tools.callAny('stop_instances', other.failure.proposal.arguments, {
            grant: signed.grant,
          });
          return YES;
        },
        NO,
      ],
    });
    expect(first.outcome).not.toBe('answered');
    const events = await auditOf(talk);
    expect(events.filter((event) => event === 'intent').length).toBe(1);
  });

  test('a wrong passphrase asks again and signs nothing', async () => {
    const talk = await openTalk();
    const folder = `${talk.home.environment.XDG_CONFIG_HOME}/aiops`;
    unlockKey(folder);
    changePassphrase(folder, undefined, 'open sesame');
    const { asked, outcome, said } = await talk.say('reboot api-1', {
      decide: [
        YES,
        { decision: 'approve', passphrase: 'wrong' },
        { decision: 'approve', passphrase: 'open sesame' },
      ],
    });
    expect(asked.length).toBe(3);
    expect(said.filter((text) => text.startsWith('error:')).length).toBe(2);
    expect(outcome).toBe('answered');
  });

  test('with nobody to ask, it waits and says how a script would approve exactly this', async () => {
    const talk = await openTalk({ answerable: () => false });
    const { outcome, asked, said, calls } = await talk.say('reboot api-1');
    expect(asked).toEqual([]);
    expect(outcome).toBe('unapproved');
    expect(calls).toEqual(['reboot_instances awaiting_approval']);
    expect(said[0]).toContain("--approve 'reboot_instances:api-1'");
  });

  test('what is protected is refused, whoever would approve', async () => {
    const talk = await openTalk();
    const { outcome, asked, said } = await talk.say('stop vault-1');
    expect(asked).toEqual([]);
    expect(outcome).toBe('refused');
    expect(said[0]).toMatch(/^refusal: /);
    expect(await stateOf(talk, 'vault-1')).toBe('running');
  });

  test('read-only refuses every change and says that nothing was changed', async () => {
    const talk = await openTalk({ flags: ['--read-only'] });
    const { outcome, said } = await talk.say('start batch-1');
    expect(outcome).toBe('refused');
    expect(said[0]).toContain('read-only');
    expect(await stateOf(talk, 'batch-1')).toBe('stopped');
  });
});

describe('several steps', () => {
  test('several changes are one plan in one dialog, run in order', async () => {
    const talk = await openTalk();
    const { asked, calls, outcome } = await talk.say('stop web-1 and start batch-1', { decide: [YES] });
    expect(asked.length).toBe(1);
    expect(asked[0]!.proposal.kind).toBe('plan');
    expect(calls).toEqual(['stop_instances done', 'start_instances done']);
    expect(outcome).toBe('answered');
  });

  test('a plan that is declined runs none of its steps', async () => {
    const talk = await openTalk();
    const { calls, outcome } = await talk.say('stop web-1 and start batch-1', { decide: [NO] });
    expect(calls).toEqual(['stop_instances declined', 'start_instances declined']);
    expect(outcome).toBe('declined');
    expect(await stateOf(talk, 'web-1')).toBe('running');
  });

  test('changes in several regions are no plan: each asks by itself', async () => {
    const elsewhere =
      '  - {id: i-0a00000000000008, name: batch-9, state: stopped, type: t3.medium, az: us-west-2a}\n';
    const talk = await openTalk({
      account: SMALL_SHOP.replace('[ap-northeast-2]', '[ap-northeast-2, us-west-2]').replace(
        'dependencies:',
        `${elsewhere}dependencies:`,
      ),
    });
    const { asked, calls, outcome } = await talk.say('stop web-1 and start batch-9', { decide: [YES, YES] });
    expect(asked.map((one) => one.proposal.kind)).toEqual(['call', 'call']);
    expect(calls).toEqual(['stop_instances done', 'start_instances done']);
    expect(outcome).toBe('answered');
  });

  test('a change that does not succeed stops what comes after it, and says so', async () => {
    const talk = await openTalk({
      account: `${SMALL_SHOP}trouble:\n  - {service: ec2, action: StopInstances, error: UnauthorizedOperation}\n`,
    });
    const { calls, outcome, said } = await talk.say('stop web-1 and start batch-1', { decide: [YES] });
    expect(calls).toEqual(['stop_instances failed', 'start_instances cancelled']);
    expect(outcome).toBe('failed');
    expect(said.at(-1)).toContain('not run');
    expect(await stateOf(talk, 'batch-1')).toBe('stopped');
  });
});

describe('questions', () => {
  test('an ambiguous name leads to a question whose number answers it', async () => {
    const talk = await openTalk();
    const question = await talk.say('start batch');
    expect(question.outcome).toBe('question');
    expect(question.said[0]).toMatch(/1\. batch-1[\s\S]*2\. batch-2/);
    const { asked } = await talk.say('2', { decide: [NO] });
    expect(asked[0]?.proposal).toMatchObject({ targets: [{ name: 'batch-2' }] });
  });

  test('a sweep is refused outright', async () => {
    const talk = await openTalk();
    expect((await talk.say('terminate all instances')).outcome).toBe('refused');
  });
});
