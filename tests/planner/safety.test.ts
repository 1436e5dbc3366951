import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Directory, DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import { EMPTY_CONVERSATION, type PlannedCall, type Reading } from '../../src/domain/reading.ts';
import { createPlanner } from '../../src/planner/planner.ts';
import { NOW, STREAMING } from './account.ts';

const planner = createPlanner();
const read = (text: string, directory: Directory = STREAMING): Reading =>
  planner.read(text, { directory, now: NOW, conversation: EMPTY_CONVERSATION }).reading;

const changesOf = (reading: Reading): PlannedCall[] =>
  reading.outcome === 'calls' || reading.outcome === 'question'
    ? reading.calls.filter((call) => call.risk !== 'read')
    : [];

const instances = STREAMING.entries.filter((entry) => entry.kind === 'instance');
const name = fc.constantFrom(...instances.map((entry) => entry.name));
const verb = fc.constantFrom('stop', 'reboot', 'terminate', 'start', 'shut down', 'kill');
const hostile = fc.string({
  unit: fc.constantFrom(
    ...'abcdefgh -_.,;:?!\'"`()[]{}/\\|\n\t0123456789가나다끄꺼서버停关重启的了不要\u202e\u200b\u0000',
  ),
  maxLength: 120,
});

describe('what nobody asked for is never done', () => {
  it('reads any string without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), hostile), (text) => {
        const reading = read(text);
        expect(['calls', 'none', 'question', 'refusal']).toContain(reading.outcome);
      }),
    );
  });

  it('never changes anything that the text does not name', () => {
    const targets = (call: PlannedCall): string[] =>
      Array.isArray(call.arguments.instances) ? call.arguments.instances : [];
    fc.assert(
      fc.property(verb, hostile, (said, rest) => {
        for (const call of changesOf(read(`${said} ${rest}`)))
          for (const target of targets(call)) {
            const letters = `${rest}`.toLowerCase().replace(/[\s\-_.]/gu, '');
            expect(letters).toContain(String(target).replace(/[-_]/gu, ''));
          }
      }),
    );
  });

  it('takes a name alone, of any kind, for nothing but a look', () => {
    for (const entry of STREAMING.entries) {
      expect(changesOf(read(entry.name))).toEqual([]);
      expect(changesOf(read(entry.id))).toEqual([]);
    }
  });

  it.each([
    'reboot',
    'stop',
    'all',
    'yes',
    'batch',
    'it',
    'everything',
    'list',
    '중지',
    '전부',
    '停止',
    '所有',
    'terminate all',
  ])('asks when a machine is called "%s"', (called) => {
    const odd: DirectoryEntry = { ...instances[0]!, id: 'i-0f00ba4000000999', name: called };
    const directory: Directory = { ...STREAMING, entries: [...STREAMING.entries, odd] };
    expect(changesOf(read(called, directory))).toEqual([]);
    for (const text of [`list ${called}`, `describe ${called}`, `what is ${called}`])
      expect(changesOf(read(text, directory))).toEqual([]);
    for (const call of changesOf(read('stop gw-1', directory)))
      expect(call.arguments).toEqual({ instances: ['gw-1'] });
    if (called !== 'batch') expect(changesOf(read(`stop ${called}`, directory))).toEqual([]);
  });

  it('takes no verb from a resource name', () => {
    const odd: DirectoryEntry = { ...instances[0]!, id: 'i-0f00ba4000000998', name: 'stop-gap-1' };
    const directory: Directory = { ...STREAMING, entries: [...STREAMING.entries, odd] };
    expect(read('describe stop-gap-1', directory)).toMatchObject({
      outcome: 'calls',
      calls: [{ tool: 'describe_instance', arguments: { instance: 'stop-gap-1' } }],
    });
    expect(changesOf(read('stop-gap-1 gw-1', directory))).toEqual([]);
  });

  it('does not do what is negated, supposed, reported, quoted or asked about', () => {
    const frames = [
      (s: string) => `don't ${s}`,
      (s: string) => `please do not ${s}`,
      (s: string) => `never ${s}`,
      (s: string) => `what would happen if I ${s}`,
      (s: string) => `can I ${s}?`,
      (s: string) => `should we ${s}?`,
      (s: string) => `is it safe to ${s}?`,
      (s: string) => `how do I ${s}?`,
      (s: string) => `my boss said ${s}`,
      (s: string) => `the log says "${s}"`,
      (s: string) => `"${s}"`,
      (s: string) => `why did you ${s}?`,
      (s: string) => `if the cpu is above 80, ${s}`,
      (s: string) => `${s} when the backup is done`,
      (s: string) => `tomorrow ${s}`,
      (s: string) => `${s}? no`,
      (s: string) => `${s} - no, wait`,
      (s: string) => `don't touch or ${s}`,
      (s: string) => `don't go and ${s}`,
    ];
    fc.assert(
      fc.property(fc.constantFrom(...frames), verb, name, (frame, said, target) => {
        expect(changesOf(read(frame(`${said} ${target}`)))).toEqual([]);
      }),
    );
  });

  it('does not do in Korean or Chinese what is negated, supposed or asked about', () => {
    const frames = [
      (n: string) => `${n} 끄지 마`,
      (n: string) => `${n} 절대 재부팅하지 마세요`,
      (n: string) => `${n} 끄면 어떻게 돼?`,
      (n: string) => `${n} 재부팅해도 될까?`,
      (n: string) => `${n} 왜 꺼졌어?`,
      (n: string) => `누가 ${n} 삭제했어?`,
      (n: string) => `${n} 재부팅하라고 했어`,
      (n: string) => `CPU 높으면 ${n} 재부팅해줘`,
      (n: string) => `내일 ${n} 꺼줘`,
      (n: string) => `不要停止 ${n}`,
      (n: string) => `别重启 ${n}`,
      (n: string) => `如果停止 ${n} 会怎样`,
      (n: string) => `可以重启 ${n} 吗`,
      (n: string) => `谁停止了 ${n}`,
      (n: string) => `${n} 为什么被重启了`,
      (n: string) => `同事说重启 ${n}`,
      (n: string) => `怎么重启 ${n}`,
      (n: string) => `明天重启 ${n}`,
    ];
    fc.assert(
      fc.property(fc.constantFrom(...frames), name, (frame, target) => {
        expect(changesOf(read(frame(target)))).toEqual([]);
      }),
    );
  });

  it('never takes a name that is merely close', () => {
    fc.assert(
      fc.property(verb, name, fc.nat(), fc.constantFrom(...'qzx'), (said, target, at, letter) => {
        const cut = at % target.length;
        const wrong = target.slice(0, cut) + letter + target.slice(cut);
        expect(changesOf(read(`${said} ${wrong}`))).toEqual([]);
      }),
    );
  });

  it('folds what cannot be seen before it reads', () => {
    expect(read('st\u200bop gw\u2011\u0031')).toMatchObject({
      calls: [{ tool: 'stop_instances', arguments: { instances: ['gw-1'] } }],
    });
    expect(changesOf(read('\u202e1-wg pots'))).toEqual([]);
  });
});
