import { describe, expect, it } from 'vitest';
import { callView, cpu, done, FACTS, instance, instances, REPORT, rebootProposal, SEEN } from './samples.ts';
import { openChat } from './screen.ts';
import { type Script, scriptedEngine } from './scripted-engine.ts';

const ANSWER =
  '## Why\n\nIt ran out of memory.\n\n| time | event |\n|--|--|\n| 14:05 | down |\n\n```sh\nfree -m\n```\n';

const script: Script = ({ id, text, emit, end }) => {
  if (text === 'reboot') {
    emit({ type: 'approval_asked', turn: id, call: `${id}.1`, proposal: rebootProposal(), flagged: [] });
    return;
  }
  const running = { status: 'running', startedAt: 0 } as const;
  emit({
    type: 'call',
    turn: id,
    view: callView('list_instances', { state: 'running' }, running, `${id}.1`),
  });
  const rows = Array.from({ length: 40 }, (_, n) => instance(`web-${n + 1}`));
  const found = done(instances(rows));
  emit({ type: 'call', turn: id, view: callView('list_instances', { state: 'running' }, found, `${id}.1`) });
  const series = done({ series: [cpu('web-1', [10, null, 93])], coverage: SEEN, call: FACTS });
  emit({ type: 'call', turn: id, view: callView('get_metric', { resource: 'web-1' }, series, `${id}.2`) });
  for (const piece of ANSWER.match(/[\s\S]{1,9}/g) ?? [])
    emit({ type: 'say_part', turn: id, say: 's', text: piece });
  emit({ type: 'say', turn: id, tone: 'answer', text: ANSWER, say: 's', format: 'markdown' });
  end('answered');
};

describe('a screen that is read out', () => {
  it('has labelled lines, and nothing that moves or is only drawn', async () => {
    const engine = scriptedEngine(script);
    const chat = openChat(engine, { screenReader: true, rows: 40, columns: 100 });
    await chat.until(/Say what you want/);
    engine.emit({ type: 'account', report: REPORT });
    await chat.until(/shop SIMULATED/);
    chat.type('why\r');
    await chat.until(/free -m[\s\S]*› Say/);
    chat.type('\u000f');
    const screen = await chat.until(/name: web-40/);
    expect(screen).toContain('You: why');
    expect(screen).toMatch(/shop SIMULATED[\s\S]*arn:aws:\S+[\s\S]*You: why/);
    expect(screen).toContain('Tool list_instances (state=running) done in 0.21 s:');
    expect(screen).toContain('name: web-2, state: running, type: t3.large, zone: ap-northeast-2a');
    expect(screen).toMatch(/min 10 % +avg/);
    expect(screen).toMatch(
      /Answer:\nWhy\n\nIt ran out of memory\.\n\ntime: 14:05\n event: down\n\nsh\nfree -m/,
    );
    expect(chat.written()).not.toMatch(/[─│┤└▁-█⠋⠙⠹⠸●✓]/);
    chat.type('\u0004');
    expect(await chat.exit).toBe(0);
  });

  it('asks with the same lines as any dialog', async () => {
    const chat = openChat(scriptedEngine(script), { screenReader: true, rows: 40, columns: 100 });
    chat.type('reboot\r');
    const screen = await chat.until(/y approve/);
    expect(screen).toMatch(/Target +api-1 \(i-0api1\)/);
    expect(chat.written()).not.toMatch(/[─│]/);
    chat.type('\u0003\u0003');
    expect(await chat.exit).toBe(0);
  });
});
