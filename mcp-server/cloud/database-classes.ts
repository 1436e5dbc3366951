import type { DBInstance } from '@aws-sdk/client-rds';

/** vCPUs by the last part of a class; the same in every family but those below. Source: RDS user guide, "DB instance classes". */
const SIZE_VCPUS: Readonly<Record<string, number>> = {
  micro: 2,
  small: 2,
  medium: 2,
  large: 2,
  xlarge: 4,
};
/** `16xlarge`: four a step. */
const MANY = /^(\d+)xlarge$/;
/** One vCPU: the smallest of old burstable classes, and `medium` where the family is not burstable. */
const ONE_VCPU: readonly RegExp[] = [/^db\.t2\.(micro|small)$/, /^db\.[^t][a-z0-9]*\.medium$/];

/** vCPUs of a database, or null where the class does not say (serverless). */
export function vcpusOf(database: Pick<DBInstance, 'DBInstanceClass' | 'ProcessorFeatures'>): number | null {
  const feature = (name: string) =>
    Number(database.ProcessorFeatures?.find((one) => one.Name === name)?.Value ?? Number.NaN);
  const chosen = feature('coreCount') * feature('threadsPerCore');
  if (Number.isFinite(chosen)) return chosen;
  return classVcpus(database.DBInstanceClass ?? '');
}

function classVcpus(name: string): number | null {
  if (ONE_VCPU.some((pattern) => pattern.test(name))) return 1;
  const size = name.split('.').at(-1) ?? '';
  const many = MANY.exec(size);
  return many ? Number(many[1]) * 4 : (SIZE_VCPUS[size] ?? null);
}
