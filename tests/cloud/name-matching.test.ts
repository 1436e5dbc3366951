import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNameIndex } from '../../mcp-server/cloud/name-matching.ts';
import { foldName } from '../../mcp-server/contract/name-folding.ts';

const named = (...names: string[]) => names.map((name, i) => ({ id: `i-${i}`, name, arn: `arn:${i}` }));
const match = (mention: string, ...names: string[]) => createNameIndex(named(...names))(mention);

describe('equal names', () => {
  test.each(['web-1', 'WEB 1', 'web_1', 'Web1', 'ｗｅｂ１', ' web-1 ', 'web.1'])('%j is web-1', (mention) => {
    expect(match(mention, 'web-1', 'web-2')).toMatchObject({ kind: 'exact', found: { name: 'web-1' } });
  });

  test('by id and ARN', () => {
    expect(match('i-1', 'a', 'b')).toMatchObject({ kind: 'exact', found: { name: 'b' } });
    expect(match('arn:0', 'a', 'b')).toMatchObject({ kind: 'exact', found: { name: 'a' } });
  });

  test('letter for letter comes before folded', () => {
    expect(match('web-1', 'web-1', 'web1')).toMatchObject({ kind: 'exact', found: { name: 'web-1' } });
    expect(match('WEB-1', 'web-1', 'web1').kind).toBe('ambiguous');
  });

  test('Korean and Chinese names', () => {
    expect(match('결제 서버', '결제-서버', '웹-서버')).toMatchObject({
      kind: 'exact',
      found: { name: '결제-서버' },
    });
    expect(match('支付服务', '支付服务', '订单服务').kind).toBe('exact');
  });

  test.each(['web-1\u200b', 'web-1\u202e', '\ufeffweb-1', 'wеb-1' /* a Cyrillic е */])(
    'what cannot be seen, or looks alike, is another name: %j',
    (mention) => {
      expect(match(mention, 'web-1').kind).not.toBe('exact');
    },
  );

  test('what has gone keeps its id and loses its name', () => {
    const all = [
      { id: 'i-0', name: 'web-1', state: 'terminated' },
      { id: 'i-1', name: 'web-1', state: 'running' },
    ];
    const find = createNameIndex(all, (it) => it.state === 'terminated');
    expect(find('web-1')).toMatchObject({ kind: 'exact', found: { id: 'i-1' } });
    expect(find('i-0')).toMatchObject({ kind: 'exact', found: { state: 'terminated' } });
  });
});

describe('near names', () => {
  test.each([
    ['bastin', ['bastion', 'web-1'], 'close', 'bastion'],
    ['web-frontent', ['web-frontend', 'web-backend'], 'close', 'web-frontend'],
    ['bsation', ['bastion'], 'close', 'bastion'],
    ['payment', ['payment-service', 'orders'], 'close', 'payment-service'],
  ] as const)('%s among %j is %s to %s', (mention, names, kind, found) => {
    expect(match(mention, ...names)).toMatchObject({ kind, found: { name: found } });
  });

  test('another number is another resource', () => {
    expect(match('web-3', 'web-1')).toMatchObject({ kind: 'unknown', nearest: [{ name: 'web-1' }] });
    expect(match('web-11', 'web-1').kind).toBe('unknown');
  });

  test('several near ones are a question', () => {
    expect(match('web', 'web-1', 'web-2', 'api')).toMatchObject({
      kind: 'ambiguous',
      nearest: [{ name: 'web-1' }, { name: 'web-2' }],
    });
  });

  test('nothing near', () => {
    expect(match('zzz', 'web-1')).toEqual({ kind: 'unknown', nearest: [] });
    expect(match('', 'web-1')).toEqual({ kind: 'unknown', nearest: [] });
    expect(match('---', 'web-1')).toEqual({ kind: 'unknown', nearest: [] });
  });
});

test('a name always finds itself when it is the only one of its fold', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { selector: foldName, maxLength: 8 }),
      (names) => {
        const find = createNameIndex(named(...names));
        for (const name of names) {
          if (name.trim() !== name || /^i-\d$|^arn:\d$/.test(name)) continue;
          expect(find(name)).toMatchObject({ kind: 'exact', found: { name } });
        }
      },
    ),
  );
});
