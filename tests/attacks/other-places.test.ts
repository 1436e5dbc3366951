import { describe, expect, it } from 'vitest';
import type { Origin } from '../../mcp-server/guard/guard.ts';
import { Bench, failed, instanceChange, ORIGIN, request, scalingChange } from '../guard/bench.ts';

// Places and callers that one simulated account cannot be: the guard itself, on its real store. What reached
// AWS is what the guard let through to the attempt.

const AWS = { kind: 'aws' as const, endpoint: null };

describe('a yes for one place, used at another', () => {
  it.each<[tried: string, from: Partial<Origin>, to: Partial<Origin>]>([
    ['AWS instead of the simulated account', {}, { backend: AWS }],
    ['the simulated account instead of AWS', { backend: AWS }, {}],
    [
      'an endpoint in between',
      { backend: AWS },
      { backend: { kind: 'aws', endpoint: 'http://127.0.0.1:4566' } },
    ],
    [
      'another service’s endpoint in between',
      { backend: { kind: 'aws', endpoint: 'http://127.0.0.1:4566' } },
      { backend: { kind: 'aws', endpoint: 'http://127.0.0.1:4566, ec2 http://127.0.0.1:5000' } },
    ],
    [
      'the same file with other content',
      {},
      { backend: { kind: 'simulated', file: '/tmp/shop.account.yaml', sha256: 'b'.repeat(64) } },
    ],
    [
      'the same content in another file',
      {},
      { backend: { kind: 'simulated', file: '/tmp/shop.yaml', sha256: 'a'.repeat(64) } },
    ],
    ['another caller', {}, { identity: 'arn:aws:iam::111122223333:user/mallory' }],
    [
      'another role of the same person',
      {},
      { identity: 'arn:aws:sts::111122223333:assumed-role/admin/dana' },
    ],
    ['another account', {}, { account: '999999999999' }],
    ['another region', {}, { region: 'us-east-1' }],
    ['another session', {}, { session: 'session-two' }],
  ])('%s', async (_, from, to) => {
    using bench = new Bench();
    const change = instanceChange();
    const grant = await bench.approvedAt(change, { ...ORIGIN, ...from });
    const asked = request(change, { grant, origin: { ...ORIGIN, ...to } });
    expect(failed(await bench.run(asked)).code).toBe('grant_mismatch');
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['proposed', 'refused grant_mismatch']);
  });
});

describe('a tool that lies about how grave it is', () => {
  it.each<[tried: string, change: ReturnType<typeof instanceChange>]>([
    ['a stop called a change', instanceChange('stop_instances', ['web-1'], { risk: 'change' })],
    [
      'a termination that can be undone',
      instanceChange('terminate_instances', ['web-1'], { risk: 'change', irreversible: false }),
    ],
    ['a scale to zero called a scale', scalingChange(0, { risk: 'change' })],
    ['a scale above the maximum called a scale', scalingChange(5, { risk: 'change' })],
    [
      'a scale whose facts do not show where it started',
      scalingChange(3, {
        targets: [
          { kind: 'auto_scaling_group', id: 'web-asg', name: 'web-asg', was: {}, becomes: { desired: 3 } },
        ],
      }),
    ],
    ['a read that changes something', { ...instanceChange(), tool: 'list_instances', risk: 'change' }],
    ['a tool nobody knows', { ...instanceChange(), tool: 'list_and_delete', risk: 'change' }],
    [
      'a tool named as something every object has',
      { ...instanceChange(), tool: 'constructor', risk: 'change' },
    ],
    ['no targets', instanceChange('stop_instances', [])],
  ])('%s', async (_, change) => {
    using bench = new Bench();
    const asked = request(change);
    expect(failed(await bench.run(asked)).code).toBe('unchecked');
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['refused unchecked']);
  });
});
