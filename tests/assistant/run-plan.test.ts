import { expect, test } from 'vitest';
import type { Failure } from '../../mcp-server/contract/failure.ts';
import { METHODS } from '../../mcp-server/contract/wire.ts';
import { runPlan } from '../../src/assistant/run-plan.ts';
import { createSession } from '../../src/assistant/session.ts';
import { createTurn } from '../../src/assistant/turn.ts';
import type { Work } from '../../src/assistant/work.ts';
import type { EngineEvent } from '../../src/domain/events.ts';
import type { PlannedCall } from '../../src/domain/reading.ts';
import { ToolsError } from '../../src/tools/tools.ts';
import { openTalk } from './talk.ts';

const call = (tool: string, name: string): PlannedCall => ({
  tool,
  arguments: { instances: [name] },
  risk: 'destructive',
  namedInFull: true,
});
const STEPS = [call('stop_instances', 'web-1'), call('start_instances', 'batch')];

const AMBIGUOUS: Failure = {
  code: 'ambiguous',
  message: '"batch" could be 2 resources: batch-1, batch-2.',
  mention: 'batch',
  candidates: ['batch-1', 'batch-2'].map((name) => ({
    id: `i-${name}`,
    name,
    kind: 'instance',
    account: '222233334444',
    region: 'ap-northeast-2',
  })),
  nothing_changed: true,
};

/** A plan of the two steps that the server does not propose. */
async function refusedPlan(failure: Failure) {
  const events: EngineEvent[] = [];
  const session = createSession();
  const turn = createTurn({
    id: 't1',
    text: 'stop web-1 and start batch',
    provenance: 'typed',
    language: 'en',
    signal: new AbortController().signal,
    emit: (event) => events.push(event),
  });
  const tools = { ask: () => Promise.reject(new ToolsError(failure)) };
  const work = { turn, session, parts: { tools, now: () => new Date() }, accountNow: async () => new Date() };
  const ends = await runPlan(STEPS, work as unknown as Work);
  const states = new Map(
    events.flatMap((event) =>
      event.type === 'call' ? [[event.view.call.tool, event.view.state.status] as const] : [],
    ),
  );
  return { ends, session, states: Object.fromEntries(states) };
}

test('a question about the second step picks for the second step', async () => {
  const { ends, session, states } = await refusedPlan({ ...AMBIGUOUS, step: 1 });
  expect(ends).toEqual(['question']);
  expect(states).toEqual({ stop_instances: 'cancelled', start_instances: 'failed' });
  expect(session.conversation.pending).toMatchObject({
    code: 'ambiguous',
    tool: 'start_instances',
    choices: [
      { pick: { tool: 'start_instances', arguments: { instances: ['i-batch-1'] } } },
      { pick: { tool: 'start_instances', arguments: { instances: ['i-batch-2'] } } },
    ],
  });
});

test('where nobody says which step it is about, nothing is offered', async () => {
  const { ends, session } = await refusedPlan(AMBIGUOUS);
  expect(ends).toEqual(['failed']);
  expect(session.conversation.pending).toBeNull();
});

test('the server says which step it could not plan', async () => {
  const talk = await openTalk();
  const steps = [
    { tool: 'stop_instances', arguments: { instances: ['web-1'] } },
    { tool: 'start_instances', arguments: { instances: ['batch'] } },
  ];
  const refused = talk.tools.ask(METHODS.proposePlan, { steps });
  await expect(refused).rejects.toMatchObject({ failure: { step: 1, mention: 'batch' } });
});

test('what was asked before the first change is read before the dialog, what was asked after is said to be left', async () => {
  const talk = await openTalk();
  const turn = await talk.say('list all instances, stop web-1, start batch-1, then show the alarms', {
    decide: [{ decision: 'decline', reason: 'not now' }],
  });
  expect(turn.calls[0]).toBe('list_instances done');
  expect(turn.calls).not.toContain('list_alarms done');
  const kinds = turn.events.map((event) => event.type);
  expect(kinds.indexOf('say')).toBeLessThan(kinds.indexOf('approval_asked'));
  expect(turn.said.at(-1)).toBe('note: The step after it was not run.');
});
