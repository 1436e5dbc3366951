import { describe, expect, it } from 'vitest';
import { namesExactly, parseNamedApproval } from '../../src/approval/names-exactly.ts';
import { type AskedFor, needsNoDialog } from '../../src/approval/without-dialog.ts';
import type { PlannedCall } from '../../src/domain/reading.ts';
import { callOf, planOf, START_BATCH, TERMINATE } from './proposals.ts';

const CALL: PlannedCall = {
  tool: 'start_instances',
  arguments: { instances: ['batch-server'] },
  risk: 'change',
  namedInFull: true,
};

const ASKED: AskedFor = {
  text: 'start the batch server',
  provenance: 'typed',
  planned: CALL,
  alone: { outcome: 'calls', calls: [CALL], confidence: 1 },
  proposal: callOf(START_BATCH),
};

const SCALE = callOf({
  ...START_BATCH,
  tool: 'set_desired_capacity',
  arguments: { group: 'web-asg', desired: 4 },
  targets: [
    {
      kind: 'auto_scaling_group',
      id: 'web-asg',
      name: 'web-asg',
      was: { desired: 2 },
      becomes: { desired: 4 },
    },
  ],
});
const SCALE_CALL: PlannedCall = {
  tool: 'set_desired_capacity',
  arguments: { group: 'web-asg', desired: 4 },
  risk: 'destructive',
  namedInFull: true,
};
const SCALED: AskedFor = {
  text: 'scale web-asg to 4',
  provenance: 'typed',
  planned: SCALE_CALL,
  alone: { outcome: 'calls', calls: [SCALE_CALL], confidence: 1 },
  proposal: SCALE,
};

describe('no dialog is needed', () => {
  it('for starting the one instance that the typed text names', () => {
    expect(needsNoDialog(ASKED)).toBe(true);
    const byId = { ...CALL, arguments: { instances: ['i-0ba7c4'] } };
    expect(
      needsNoDialog({
        ...ASKED,
        text: 'start i-0ba7c4',
        planned: byId,
        alone: { outcome: 'calls', calls: [byId], confidence: 1 },
      }),
    ).toBe(true);
  });

  it('for a scale-up that the server found to be no more than a change', () => {
    expect(needsNoDialog(SCALED)).toBe(true);
  });
});

describe('a dialog is needed', () => {
  it('for scaling up a service, which has no maximum of its own', () => {
    const named = { ...CALL, tool: 'scale_service', arguments: { service: 'cart', desired: 5 } };
    const proposal = callOf({
      ...START_BATCH,
      tool: 'scale_service',
      arguments: { service: 'cart', desired: 5 },
      targets: [{ kind: 'service', id: 'cart', name: 'cart', was: { desired: 3 }, becomes: { desired: 5 } }],
    });
    const asked: AskedFor = {
      text: 'scale cart to 5',
      provenance: 'typed',
      planned: named,
      alone: { outcome: 'calls', calls: [named], confidence: 1 },
      proposal,
    };
    expect(needsNoDialog(asked)).toBe(false);
  });

  const alone = (calls: PlannedCall[]): AskedFor['alone'] => ({ outcome: 'calls', calls, confidence: 1 });
  const needed: [string, AskedFor][] = [
    ['pasted', { ...ASKED, provenance: 'pasted' }],
    ['piped', { ...ASKED, provenance: 'piped' }],
    ['a stop', { ...ASKED, proposal: callOf({ ...START_BATCH, tool: 'stop_instances' }) }],
    ['graver than a change', { ...ASKED, proposal: callOf({ ...START_BATCH, risk: 'destructive' }) }],
    ['cannot be undone', { ...ASKED, proposal: callOf({ ...START_BATCH, irreversible: true }) }],
    [
      'two targets',
      {
        ...ASKED,
        proposal: callOf({ ...START_BATCH, targets: [...START_BATCH.targets, ...TERMINATE.targets] }),
      },
    ],
    ['another harmless tool', { ...ASKED, proposal: callOf({ ...START_BATCH, tool: 'put_event' }) }],
    [
      'the text alone asks',
      { ...ASKED, alone: { outcome: 'question', question: { code: 'unsure', choices: [] }, calls: [] } },
    ],
    ['the text alone means nothing', { ...ASKED, alone: { outcome: 'none', reason: 'off_topic' } }],
    ['the text alone reads two calls', { ...ASKED, alone: alone([CALL, CALL]) }],
    [
      'the text alone reads another',
      { ...ASKED, alone: alone([{ ...CALL, arguments: { instances: ['web-1'] } }]) },
    ],
    ['the text alone does not name it', { ...ASKED, alone: alone([{ ...CALL, namedInFull: false }]) }],
    ['"start it"', { ...ASKED, text: 'start it', planned: { ...CALL, namedInFull: false } }],
    ['the name is not in the text', { ...ASKED, text: 'start the usual one' }],
    [
      'the proposal is for another',
      { ...ASKED, proposal: callOf({ ...START_BATCH, targets: TERMINATE.targets }) },
    ],
    [
      'the proposal has another number',
      { ...SCALED, proposal: callOf({ ...SCALE, arguments: { group: 'web-asg', desired: 40 } }) },
    ],
    [
      'the region is another',
      { ...ASKED, planned: { ...CALL, arguments: { ...CALL.arguments, region: 'us-east-1' } } },
    ],
  ];
  it.each(needed)('%s', (_, asked) => {
    expect(needsNoDialog(asked)).toBe(false);
  });
});

describe('--approve', () => {
  const approves = (texts: string[], proposal = callOf(START_BATCH)) =>
    namesExactly(
      texts.map(parseNamedApproval).filter((named) => named !== null),
      proposal,
    );
  const two = callOf({ ...START_BATCH, targets: [...START_BATCH.targets, ...TERMINATE.targets] });

  it.each([
    [['start_instances:batch-server'], callOf(START_BATCH)],
    [['start_instances:i-0ba7c4'], callOf(START_BATCH)],
    [['start_instances:bastion,i-0ba7c4'], two],
    [['terminate_instances:bastion', 'start_instances:batch-server'], planOf([START_BATCH, TERMINATE])],
  ])('%j approves', (texts, proposal) => {
    expect(
      namesExactly(
        texts.map(parseNamedApproval).filter((named) => named !== null),
        proposal,
      ),
    ).toBe(true);
  });

  it.each([
    ['another tool', ['stop_instances:batch-server']],
    ['another case', ['start_instances:Batch-Server']],
    ['a part of the name', ['start_instances:batch']],
    ['a glob', ['start_instances:*']],
    ['a glob that fits', ['start_instances:batch-*']],
    ['nothing', ['start_instances:']],
    ['no tool', ['batch-server']],
    ['any tool', ['*:batch-server']],
    ['one more than there is', ['start_instances:batch-server,web-1']],
    ['the same one twice', ['start_instances:batch-server,batch-server']],
    ['the same one by both names', ['start_instances:batch-server,i-0ba7c4']],
    ['none', []],
  ])('does not approve: %s', (_, texts) => {
    expect(approves(texts)).toBe(false);
  });

  it('does not approve a set of which it names a part, or a plan of which it names a step', () => {
    expect(approves(['start_instances:batch-server'], two)).toBe(false);
    expect(
      namesExactly(
        [{ tool: 'start_instances', resources: ['batch-server'] }],
        planOf([START_BATCH, TERMINATE]),
      ),
    ).toBe(false);
  });

  it('does not approve by a name that two targets share', () => {
    const twins = callOf({
      ...START_BATCH,
      targets: START_BATCH.targets.flatMap((target) => [target, { ...target, id: 'i-2' }]),
    });
    expect(approves(['start_instances:batch-server,i-2'], twins)).toBe(false);
    expect(approves(['start_instances:i-0ba7c4,i-2'], twins)).toBe(true);
  });

  it('does not take a resource called * for one', () => {
    const starred = callOf({
      ...START_BATCH,
      targets: START_BATCH.targets.map((target) => ({ ...target, name: '*' })),
    });
    expect(approves(['start_instances:*'], starred)).toBe(false);
  });
});
