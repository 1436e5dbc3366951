import type { DirectoryEntry, ResourceKind } from '../contract/directory.ts';
import type { AccountFile } from '../simulator/account-file.ts';

/**
 * What an account file declares of the services that are not listed over the wire yet. Nothing changes these
 * while a run lasts, so that the file says what there is.
 */
export function declaredResources(file: AccountFile, account: string): DirectoryEntry[] {
  const home = file.regions[0] ?? '';
  const number = file.account;
  type Placed = { region?: string | undefined; tags?: Record<string, string> | undefined };
  const entry = (
    kind: ResourceKind,
    id: string,
    of: Placed,
    more: Partial<DirectoryEntry> = {},
  ): DirectoryEntry => ({
    kind,
    id,
    name: id,
    account,
    region: of.region ?? home,
    ...(of.tags ? { tags: of.tags } : {}),
    ...more,
  });
  const arn = (service: string, of: Placed, resource: string) => ({
    arn: `arn:aws:${service}:${of.region ?? home}:${number}:${resource}`,
  });

  return [
    // The classic kind is another API's, which is not read.
    ...file.elb.filter(({ type }) => type === 'classic').map((it) => entry('load_balancer', it.name, it)),
    ...file.eks.flatMap((it) => [
      entry('managed_cluster', it.name, it, { ...arn('eks', it, `cluster/${it.name}`), parent: 'eks' }),
      ...(it.workloads ?? []).map((workload) =>
        entry(
          'deployment',
          workload.deployment,
          { region: it.region },
          {
            parent: it.name,
            ...(workload.namespace ? { namespace: workload.namespace } : {}),
          },
        ),
      ),
    ]),
    ...file.s3.map((it) => entry('bucket', it.name, it, { arn: `arn:aws:s3:::${it.name}` })),
    ...(['msk', 'emr', 'mwaa'] as const).flatMap((type) =>
      file[type].map((it) => entry('managed_cluster', it.name, it, { parent: type })),
    ),
  ];
}
