import { describe, expect, it } from 'vitest';
import { EMPTY_CONVERSATION, type Reading } from '../../src/domain/reading.ts';
import { createPlanner } from '../../src/planner/planner.ts';
import { NOW, STREAMING } from './account.ts';
import * as sayings from './service-wordings.ts';
import type { Wording } from './wordings.ts';

const planner = createPlanner();

function read(say: string, after: readonly string[] = []): Reading {
  let conversation = EMPTY_CONVERSATION;
  for (const said of after)
    conversation = planner.read(said, { directory: STREAMING, now: NOW, conversation }).conversation;
  return planner.read(say, { directory: STREAMING, now: NOW, conversation }).reading;
}

const GROUPS: readonly (readonly [string, readonly Wording[]])[] = [
  ['functions', sayings.FUNCTIONS],
  ['services', sayings.SERVICES],
  ['databases', sayings.DATABASES],
  ['load balancers and APIs', sayings.BALANCERS],
  ['costs', sayings.COSTS],
  ['AWS health', sayings.HEALTH],
  ['what was just looked at', sayings.FOLLOW_UPS],
  ['tags', sayings.TAGS],
  ['events', sayings.EVENTS],
];

describe.each(GROUPS)('what is said of %s', (_of, wordings) => {
  it.each(wordings.map((wording) => [[...(wording.after ?? []), wording.say].join(' » '), wording] as const))(
    '%s',
    (_name, { say, after, calls, outcome, code }) => {
      const reading = read(say, after);
      if (calls !== undefined) {
        expect(reading).toMatchObject({
          outcome: 'calls',
          calls: calls.map(([tool, args]) => ({ tool, arguments: args })),
        });
        return;
      }
      expect(reading.outcome).toBe(outcome);
      if (code !== undefined) expect(reading).toMatchObject({ question: { code } });
    },
  );
});

describe('near to a change of a service', () => {
  it.each(sayings.NO_CHANGE)('%s', (say) => {
    const reading = read(say);
    const calls = reading.outcome === 'calls' ? reading.calls : [];
    expect(calls.filter(({ risk }) => risk !== 'read')).toEqual([]);
  });

  it('sets both values of a function in one call, and no other argument', () => {
    const reading = read('set transcode memory to 1 gb and timeout to 2 minutes');
    expect(reading.outcome === 'calls' && reading.calls.map((call) => call.arguments)).toEqual([
      { function: 'transcode', memory_mb: 1024, timeout_s: 120 },
    ]);
  });

  it('never takes a change without a verb for one that needs no dialog', () => {
    const reading = read('edge-asg to 4');
    expect(reading).toMatchObject({
      outcome: 'calls',
      calls: [{ tool: 'set_desired_capacity', arguments: { desired: 4 }, namedInFull: false }],
    });
  });
});
