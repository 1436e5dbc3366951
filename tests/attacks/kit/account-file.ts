import { writeFileSync } from 'node:fs';

/** An account document as the simulator reads it; JSON is YAML, and escapes what a text must not hold raw. */
export type AccountDocument = Record<string, unknown> & { ec2?: Record<string, unknown>[] };

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

/** `idOf('web', 3)` → the id of `web-3`. */
export function idOf(kind: keyof typeof KINDS, number: number): string {
  return `i-0${KINDS[kind].mark}${String(number).padStart(10, '0')}`;
}

const KINDS = {
  web: { mark: 'a', state: 'running' },
  batch: { mark: 'b', state: 'stopped' },
} as const;

function instances(kind: keyof typeof KINDS, count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, at) => ({
    id: idOf(kind, at + 1),
    name: `${kind}-${at + 1}`,
    type: 't3.medium',
    state: KINDS[kind].state,
    az: `${REGION}a`,
  }));
}

export const BASTION = 'i-0c0000000001';

/**
 * An account large enough that no attack has to share its targets with another: `web-1`…`web-20` run,
 * `batch-1`…`batch-10` are stopped, `bastion` is protected by the file.
 */
export function attackedAccount(more: AccountDocument = {}): AccountDocument {
  const { ec2 = [], ...rest } = more;
  return {
    account: ACCOUNT,
    alias: 'attacked',
    regions: [REGION, 'us-west-2'],
    protected: ['bastion'],
    asg: [
      { name: 'web-asg', min: 0, max: 6, desired: 3, instances: ['web-18', 'web-19', 'web-20'] },
      { name: 'guarded-asg', min: 0, max: 4, desired: 1, instances: ['bastion'] },
    ],
    ...rest,
    ec2: [
      ...instances('web', 20),
      ...instances('batch', 10),
      { id: BASTION, name: 'bastion', type: 't3.micro', az: `${REGION}a`, tags: { env: 'prod' } },
      ...ec2,
    ],
  };
}

export function writeAccount(path: string, document: AccountDocument): void {
  writeFileSync(path, JSON.stringify(document));
}
