import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Directory, DirectoryEntry } from '../mcp-server/contract/directory.ts';

const named = z.looseObject({ name: z.string() });
const account = z.looseObject({
  account: z.string(),
  regions: z.array(z.string()).min(1),
  clock: z.union([z.string(), z.date()]).optional(),
  ec2: z
    .array(
      z.looseObject({
        id: z.string(),
        name: z.string(),
        state: z.string(),
        tags: z.record(z.string(), z.string()).optional(),
      }),
    )
    .default([]),
  rds: z.array(z.looseObject({ id: z.string() })).default([]),
  lambda: z.array(named).default([]),
  ecs: z.array(z.looseObject({ cluster: z.string(), services: z.array(named).default([]) })).default([]),
  asg: z.array(named).default([]),
  elb: z.array(named).default([]),
  apis: z.array(named).default([]),
  eks: z
    .array(
      z.looseObject({
        name: z.string(),
        workloads: z.array(z.looseObject({ namespace: z.string(), deployment: z.string() })).default([]),
      }),
    )
    .default([]),
  s3: z.array(named).default([]),
  msk: z.array(named).default([]),
  emr: z.array(named).default([]),
  mwaa: z.array(named).default([]),
  alarms: z.array(named).default([]),
});

export type BenchAccount = { directory: Directory; now: Date };

/** An account file as the directory the planner reads against. For scoring only; the server makes its own. */
export function accountDirectory(file: string): BenchAccount {
  const data = account.parse(parse(readFileSync(file, 'utf8')));
  const where = { account: data.account, region: data.regions[0] ?? '' };
  const entry = (
    kind: DirectoryEntry['kind'],
    id: string,
    more: Partial<DirectoryEntry> = {},
  ): DirectoryEntry => ({
    kind,
    id,
    name: id,
    ...where,
    ...more,
  });
  const managed = (['msk', 'emr', 'mwaa'] as const).flatMap((type) =>
    data[type].map(({ name }) => entry('managed_cluster', name, { parent: type })),
  );
  const entries: DirectoryEntry[] = [
    ...data.ec2.map(({ id, name, state, tags }) =>
      entry('instance', id, { name, state, ...(tags && { tags }) }),
    ),
    ...data.rds.map(({ id }) => entry('database', id)),
    ...data.lambda.map(({ name }) => entry('function', name)),
    ...data.lambda.map(({ name }) => entry('log_group', `/aws/lambda/${name}`)),
    ...data.ecs.map(({ cluster }) => entry('cluster', cluster)),
    ...data.ecs.flatMap(({ cluster, services }) =>
      services.map(({ name }) => entry('service', name, { parent: cluster })),
    ),
    ...data.asg.map(({ name }) => entry('auto_scaling_group', name)),
    ...data.elb.map(({ name }) => entry('load_balancer', name)),
    ...data.apis.map(({ name }) => entry('api', name)),
    ...data.s3.map(({ name }) => entry('bucket', name)),
    ...managed,
    ...data.eks.map(({ name }) => entry('managed_cluster', name, { parent: 'eks' })),
    ...data.eks.flatMap(({ name, workloads }) =>
      workloads.map(({ namespace, deployment }) =>
        entry('deployment', deployment, { parent: name, namespace }),
      ),
    ),
    ...data.alarms.map(({ name }) => entry('alarm', name)),
  ];
  return {
    directory: { entries, complete: true },
    now: data.clock === undefined ? new Date() : new Date(data.clock),
  };
}
