import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldToLetters } from '../../mcp-server/contract/name-folding.ts';
import type { PlannedChange } from '../../mcp-server/contract/proposal.ts';
import { forbiddenBy, type Judged } from '../../mcp-server/guard/forbidden.ts';
import type { ChangeRequest } from '../../mcp-server/guard/guard.ts';
import { policyOf } from '../../mcp-server/guard/policy.ts';
import { Bench, failed, grantFor, instanceChange, POLICY, request, scalingChange } from './bench.ts';

const ARN = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-web-1';

describe('protected resources', () => {
  it.each([
    ['its id', 'i-web-1'],
    ['its ARN', ARN],
    ['its name', 'web-1'],
    ['its name in other case and separators', 'WEB_1'],
    ['its name in full width', 'ｗｅｂ－１'],
    ['its name with a character nobody sees', 'we\u200bb-1'],
  ])('are refused when listed by %s', async (_, entry) => {
    using bench = new Bench();
    bench.policy = { ok: true, policy: { ...POLICY, protected: [entry] } };
    const asked = request(instanceChange());
    const failure = failed(await bench.run(asked));
    expect(failure).toMatchObject({ code: 'forbidden', rule: 'protected', nothing_changed: true });
    expect(failure.proposal).toBeUndefined();
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['refused forbidden']);
    expect(bench.audit()[0]?.detail).toMatchObject({ rule: 'protected', targets: ['i-web-1'] });
  });

  it('are refused with a valid grant too, when they became protected since', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    const asked = request(instanceChange(), { grant, protectedHere: ['web-1'] });
    expect(failed(await bench.run(asked)).rule).toBe('protected');
    expect(asked.attempts).toEqual([]);
  });

  it('may be started, and are not unprotected by what a tag says', async () => {
    using bench = new Bench();
    bench.policy = { ok: true, policy: { ...POLICY, protected: ['web-1'] } };
    expect(failed(await bench.run(request(instanceChange('start_instances')))).code).toBe(
      'approval_required',
    );
    const tagged = instanceChange();
    tagged.targets[0]!.was['tag:protected'] = 'false';
    expect(failed(await bench.run(request(tagged))).rule).toBe('protected');
  });

  it('fold to the same whatever the spelling', () => {
    const separators = fc.constantFrom('', '-', '_', ' ', '.', '/');
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z0-9]{1,5}$/), { minLength: 1, maxLength: 4 }),
        separators,
        (parts, by) => {
          expect(foldToLetters(parts.join(by).toUpperCase())).toBe(foldToLetters(parts.join('-')));
        },
      ),
    );
  });
});

describe('sweeps', () => {
  const names = (count: number) => Array.from({ length: count }, (_, at) => `web-${at}`);

  it.each([
    ['more than max_targets', names(4), 100, 'max_targets'],
    ['more than half of what is there', names(2), 3, 'more_than_half'],
    ['all of two', names(2), 2, 'more_than_half'],
    ['more than are known to be there', names(2), 0, 'more_than_half'],
  ])('are refused: %s', async (_, swept, population, rule) => {
    using bench = new Bench();
    const asked = request(instanceChange('stop_instances', swept), { population });
    expect(failed(await bench.run(asked))).toMatchObject({ code: 'forbidden', rule });
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['refused forbidden']);
  });

  it('exactly half, one of one, and starting many are not', async () => {
    using bench = new Bench();
    for (const asked of [
      request(instanceChange('stop_instances', names(2)), { population: 4 }),
      request(instanceChange('terminate_instances', names(1)), { population: 1 }),
      request(instanceChange('start_instances', names(9)), { population: 9 }),
    ]) {
      expect(failed(await bench.run(asked)).code).toBe('approval_required');
    }
  });

  it('cut into the steps of a plan are still sweeps', () => {
    const steps = names(4).map((name): Judged => {
      const change = instanceChange('stop_instances', [name]);
      return { change, spellings: [[name]], population: 100, protectedHere: [] };
    });
    expect(forbiddenBy(steps, POLICY)?.rule).toBe('max_targets');
    expect(
      forbiddenBy(
        steps.slice(0, 3).map((step) => ({ ...step, population: 5 })),
        POLICY,
      )?.rule,
    ).toBe('more_than_half');
    expect(forbiddenBy(steps.slice(0, 3), POLICY)).toBeNull();
  });
});

describe('what goes with a target', () => {
  const members = (count: number) => Array.from({ length: count }, (_, at) => `i-web-${at}`);
  const judged = (change: PlannedChange, population = 10): Judged => ({
    change,
    spellings: change.targets.map(({ id }) => [id]),
    population,
    protectedHere: [],
  });
  /** A group of `all` instances, the account's `population`, that loses `count`. */
  const scaleIn = (count: number, all: number, population: number, group = 'web-asg') => {
    const { targets } = scalingChange(0);
    return judged(
      scalingChange(0, {
        targets: targets.map((target) => ({ ...target, id: group, name: group })),
        takes_away: [{ kind: 'instance', with: group, count, among: members(all), population }],
      }),
    );
  };

  it.each<[what: string, rule: string | undefined, steps: Judged[]]>([
    ['all that an account has', 'more_than_half', [scaleIn(5, 5, 5)]],
    ['more than half', 'more_than_half', [scaleIn(3, 5, 5)]],
    ['half', undefined, [scaleIn(3, 6, 6)]],
    ['the only one', undefined, [scaleIn(1, 1, 1)]],
    ['more than max_targets, of many', undefined, [scaleIn(40, 50, 100)]],
    ['two cuts of one group', 'more_than_half', [scaleIn(2, 5, 5), scaleIn(2, 5, 5)]],
    ['the same instance twice', undefined, [scaleIn(2, 2, 4), scaleIn(2, 2, 4)]],
    [
      'a cut and a stop of others',
      'more_than_half',
      [scaleIn(2, 2, 6), judged(instanceChange('stop_instances', ['api-1', 'api-2']), 6)],
    ],
    [
      'a cut and a stop of the group’s own',
      undefined,
      [scaleIn(2, 2, 4), judged(instanceChange('stop_instances', ['web-0', 'web-1']), 4)],
    ],
  ])('counts for the account: %s', (_, rule, steps) => {
    expect(forbiddenBy(steps, POLICY)?.rule).toBe(rule);
  });

  it('is refused by the guard', async () => {
    using bench = new Bench();
    const { change } = scaleIn(2, 2, 3);
    expect(failed(await bench.run(request(change)))).toMatchObject({ rule: 'more_than_half' });
    expect(bench.story()).toEqual(['refused forbidden']);
  });

  it('is named when it is what is protected', () => {
    const change = instanceChange('terminate_instances');
    const step = { ...judged(change), spellings: [['i-web-1', 'vol-0abc']] };
    const policy = { ...POLICY, protected: ['vol-0abc'] };
    expect(forbiddenBy([step], policy)?.message).toContain(
      'vol-0abc, which goes with web-1 (i-web-1), is protected',
    );
  });
});

describe('what cannot be checked', () => {
  const unproven: [string, PlannedChange, Partial<ChangeRequest>][] = [
    ['a tool nobody knows', instanceChange('stop_instances', ['web-1'], { tool: 'list_and_delete' }), {}],
    ['a tool that only reads', instanceChange('stop_instances', ['web-1'], { tool: 'list_instances' }), {}],
    ['a stop called a change', instanceChange('stop_instances', ['web-1'], { risk: 'change' }), {}],
    [
      'a member of the prototype as a tool',
      instanceChange('stop_instances', ['web-1'], { tool: 'constructor' }),
      {},
    ],
    ['a scale to zero called a change', scalingChange(0, { risk: 'change' }), {}],
    ['a scale above the maximum called a change', scalingChange(9, { risk: 'change' }), {}],
    [
      'a scale that shows another number',
      scalingChange(3, { arguments: { group: 'web-asg', desired: 0 } }),
      {},
    ],
    [
      'something for good that is no more than a change',
      instanceChange('start_instances', ['web-1'], { irreversible: true }),
      {},
    ],
    ['no targets', instanceChange('stop_instances', []), {}],
    ['targets without their names', instanceChange(), { spellings: [] }],
    ['an unknown population', instanceChange(), { population: Number.NaN }],
  ];

  it.each(unproven)('is refused: %s', async (_, change, more) => {
    using bench = new Bench();
    const asked = request(change, more);
    expect(failed(await bench.run(asked))).toMatchObject({ code: 'unchecked', nothing_changed: true });
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['refused unchecked']);
  });
});

describe('a server that may not change anything', () => {
  it('refuses with a valid grant: read only', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange('start_instances'));
    bench.policy = { ok: true, policy: policyOf({ read_only: true }, false) };
    const asked = request(instanceChange('start_instances'), { grant });
    expect(failed(await bench.run(asked)).code).toBe('read_only');
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['proposed', 'refused read_only']);
  });

  it('refuses with a valid grant: the configuration did not load', async () => {
    using bench = new Bench();
    const grant = await bench.approved(instanceChange());
    bench.policy = { ok: false, problem: 'config.yaml line 3: max_targets is not a number' };
    const asked = request(instanceChange(), { grant });
    const failure = failed(await bench.run(asked));
    expect(failure.code).toBe('configuration');
    expect(failure.message).toContain('line 3');
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['proposed', 'refused configuration']);
  });

  it('the switch adds to the configuration and never takes away', () => {
    expect(policyOf({ read_only: true }, false).readOnly).toBe(true);
    expect(policyOf({ read_only: false }, true).readOnly).toBe(true);
    expect(policyOf({}, false)).toEqual(POLICY);
  });

  it('a grant is of no use for a proposal that a stricter limit forbids', async () => {
    using bench = new Bench();
    const change = instanceChange('stop_instances', ['web-1', 'web-2']);
    const grant = grantFor(bench.person, await bench.proposed(change));
    bench.policy = { ok: true, policy: { ...POLICY, maxTargets: 1 } };
    const asked = request(change, { grant });
    expect(failed(await bench.run(asked)).rule).toBe('max_targets');
    expect(asked.attempts).toEqual([]);
  });
});
