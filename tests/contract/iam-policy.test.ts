import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../../mcp-server/contract/catalogue.ts';
import { policyFor } from '../../mcp-server/contract/iam-policy.ts';
import { NEVER_NEEDED, PERMISSIONS } from '../../mcp-server/contract/permissions.ts';
import { gravestRisk } from '../../mcp-server/contract/risk.ts';

const SCOPE = { partition: 'aws', account: '123456789012' };
const READS = Object.keys(CATALOGUE).filter((name) => gravestRisk(name) === 'read');

describe('permissions', () => {
  test.each(Object.keys(CATALOGUE))('%s says what it needs of AWS', (name) => {
    const { reads = [], changes = [] } = PERMISSIONS[name] ?? {};
    expect(reads.length + changes.length).toBeGreaterThan(0);
    expect(changes.length > 0).toBe(gravestRisk(name) !== 'read');
    for (const action of [...reads, ...changes.map((one) => one.action)])
      expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
  });

  test('no tool needs what none should ever have', () => {
    const { Statement } = policyFor(Object.keys(CATALOGUE), SCOPE);
    const actions = Statement.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => NEVER_NEEDED.some((never) => never === action))).toEqual([]);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });
});

describe('the policy', () => {
  test('of reads alone allows nothing that changes', () => {
    const { Statement } = policyFor(READS, SCOPE);
    expect(Statement.map(({ Sid }) => Sid)).toEqual(['Read']);
    const changing = Object.values(PERMISSIONS).flatMap(({ changes }) => changes.map(({ action }) => action));
    expect(Statement[0]?.Action.filter((action) => changing.includes(action))).toEqual([]);
  });

  test('allows no action on what another action of the same tool is for', () => {
    const { Statement } = policyFor(['tag_resources'], SCOPE);
    const anywhere = Statement.slice(1).filter(({ Resource }) => Resource.includes('*'));
    expect(anywhere.map(({ Action }) => Action)).toEqual([['tag:TagResources', 'tag:UntagResources']]);
    const all = policyFor(Object.keys(CATALOGUE), SCOPE).Statement;
    expect(new Set(all.map(({ Sid }) => Sid)).size).toBe(all.length);
    for (const { Action, Resource } of all.slice(1)) {
      const tool = Object.values(PERMISSIONS).flatMap(({ changes }) => changes);
      for (const action of Action) {
        const kinds = tool.filter((one) => one.action === action).flatMap(({ on }) => on);
        expect(
          kinds.map((arn) => arn.replace('{partition}', 'aws').replace('{account}', SCOPE.account)),
        ).toEqual(expect.arrayContaining([...Resource]));
      }
    }
  });

  test('adds one statement for each changing tool, for its kind of resource only', () => {
    const { Statement } = policyFor([...READS, 'stop_instances', 'grow_volume'], SCOPE);
    expect(Statement.slice(1)).toEqual([
      {
        Sid: 'StopInstances',
        Effect: 'Allow',
        Action: ['ec2:StopInstances'],
        Resource: ['arn:aws:ec2:*:123456789012:instance/*'],
      },
      {
        Sid: 'GrowVolume',
        Effect: 'Allow',
        Action: ['ec2:ModifyVolume'],
        Resource: ['arn:aws:ec2:*:123456789012:volume/*'],
      },
    ]);
  });
});
