import { nearestWord } from '../../contract/nearest-word.ts';
import type { SchemaProblem } from '../../contract/schema-problems.ts';
import type { AccountDocument, FaultEntry, InstanceEntry } from './account.ts';
import { versionProblems } from './function-versions.ts';
import { instanceRegion } from './places.ts';

type Path = readonly PropertyKey[];

function problem(path: Path, message: string, fix: string): SchemaProblem {
  return { path, message, fix, atKey: false };
}

/** What a fault can happen to, in so far as a file can be wrong about it. */
export type FaultReach = {
  /** `known`: any resource of the file, though the fault may not act on all; `any`: also what is outside it. */
  on: 'instance' | 'known' | 'any';
};

/**
 * What every part of the file may be right about and the parts together are not.
 *
 * @param reach by the kind of fault
 */
export function contradictions(
  document: AccountDocument,
  reach: (kind: FaultEntry['kind']) => FaultReach,
): SchemaProblem[] {
  return [
    ...duplicates(document),
    ...strayRegions(document),
    ...groupProblems(document),
    ...faultProblems(document, reach),
    ...versionProblems(document),
    ...protectionProblems(document),
  ];
}

function duplicates(document: AccountDocument): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  const check = (section: string, key: string, names: readonly (string | undefined)[]) => {
    const seen = new Map<string, number>();
    for (const [index, one] of names.entries()) {
      if (one === undefined) continue;
      const first = seen.get(one);
      if (first === undefined) seen.set(one, index);
      else
        found.push(
          problem([section, index, key], `"${one}" is already ${section}[${first}].`, 'Give it another one.'),
        );
    }
  };
  check(
    'ec2',
    'id',
    document.ec2.map((one) => one.id),
  );
  check(
    'rds',
    'id',
    document.rds.map((one) => one.id),
  );
  for (const section of ['lambda', 'asg', 'elb', 'eks', 's3', 'msk', 'alarms'] as const) {
    check(
      section,
      'name',
      document[section].map((one) => `${one.name}${regionSuffix(one.region)}`),
    );
  }
  check(
    'ecs',
    'cluster',
    document.ecs.map((one) => `${one.cluster}${regionSuffix(one.region)}`),
  );
  const instances = instanceIndex(document);
  check(
    'metrics',
    'name',
    document.metrics.map((one) => metricIdentity(one, instances)),
  );
  return found;
}

function regionSuffix(region: string | undefined): string {
  return region === undefined ? '' : ` in ${region}`;
}

/** What tells one metric from another; an instance is the same by its id and by its name. */
function metricIdentity(
  metric: AccountDocument['metrics'][number],
  instances: ReadonlyMap<string, InstanceEntry[]>,
): string {
  const dimensions = Object.entries(metric.dimensions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([key, value]) => `${key}=${key === 'InstanceId' ? (instances.get(value)?.[0]?.id ?? value) : value}`,
    );
  return [metric.namespace, metric.name, ...dimensions].join(' ') + regionSuffix(metric.region);
}

function strayRegions(document: AccountDocument): SchemaProblem[] {
  const known = new Set(document.regions);
  const stray = (path: Path, region: string): SchemaProblem =>
    problem(
      path,
      `${region} is not among the account's regions.`,
      `Add ${region} to "regions", or correct it.`,
    );
  const found = document.ec2.flatMap((one, index) => {
    const region = instanceRegion(one, document.regions);
    return known.has(region) ? [] : [stray(['ec2', index, 'az'], region)];
  });
  const sections = [
    'rds',
    'lambda',
    'ecs',
    'asg',
    'elb',
    'apis',
    'eks',
    'alarms',
    'metrics',
    'logs',
    'changes',
  ] as const;
  for (const section of sections) {
    for (const [index, one] of document[section].entries()) {
      if (one.region !== undefined && !known.has(one.region)) {
        found.push(stray([section, index, 'region'], one.region));
      }
    }
  }
  return found;
}

function groupProblems(document: AccountDocument): SchemaProblem[] {
  const memberOf = new Map<string, string>();
  const index = instanceIndex(document);
  return document.asg.flatMap((group, place) => {
    const here = ['asg', place] as const;
    const found: SchemaProblem[] = [];
    if (group.min > group.max) {
      found.push(
        problem([...here, 'min'], `min ${group.min} is above max ${group.max}.`, 'Correct one of them.'),
      );
    } else if (group.desired < group.min || group.desired > group.max) {
      const range = `${group.min} to ${group.max}`;
      found.push(
        problem([...here, 'desired'], `desired ${group.desired} is not within ${range}.`, 'Correct it.'),
      );
    }
    const regions = new Set<string>();
    for (const [member, reference] of group.instances.entries()) {
      const path = [...here, 'instances', member];
      const instance = findInstance(index, reference);
      if (instance.kind !== 'one') {
        found.push(problem(path, ...instance.complaint));
        continue;
      }
      const region = instanceRegion(instance.entry, document.regions);
      regions.add(region);
      const expected = group.region ?? [...regions][0];
      if (region !== expected) {
        found.push(
          problem(
            path,
            `${reference} is in ${region}, its group in ${expected}.`,
            'A group lives in one region.',
          ),
        );
      }
      const other = memberOf.get(instance.entry.id);
      if (other !== undefined) {
        found.push(
          problem(path, `${reference} is already in ${other}.`, 'An instance is in one group at most.'),
        );
      }
      memberOf.set(instance.entry.id, group.name);
    }
    return found;
  });
}

type Found =
  | { kind: 'one'; entry: InstanceEntry }
  | { kind: 'none'; complaint: [message: string, fix: string] };

/** The instances that go by each id and name. */
function instanceIndex(document: AccountDocument): Map<string, InstanceEntry[]> {
  const index = new Map<string, InstanceEntry[]>();
  for (const one of document.ec2) {
    for (const key of new Set([one.id, one.name ?? one.id])) index.set(key, [...(index.get(key) ?? []), one]);
  }
  return index;
}

/** The instance a reference means, by id or by name. */
function findInstance(index: ReadonlyMap<string, InstanceEntry[]>, reference: string): Found {
  const matches = index.get(reference) ?? [];
  const [entry, ...others] = matches;
  if (entry === undefined) {
    const close = nearestWord(reference, index.keys());
    const fix = close === undefined ? 'Add it to "ec2", or correct it.' : `Did you mean "${close}"?`;
    return { kind: 'none', complaint: [`there is no instance "${reference}".`, fix] };
  }
  if (others.length === 0) return { kind: 'one', entry };
  const ids = matches.map((one) => one.id).join(', ');
  return {
    kind: 'none',
    complaint: [`"${reference}" is the name of ${matches.length} instances.`, `Use the id: ${ids}.`],
  };
}

/** A fault that acts must have something to act on; the kinds to come may name anything. */
function faultProblems(
  document: AccountDocument,
  reach: (kind: FaultEntry['kind']) => FaultReach,
): SchemaProblem[] {
  const index = instanceIndex(document);
  const others = [...namesOtherThanInstances(document), ...document.asg.map((one) => one.name)];
  return document.faults.flatMap((fault, place) => {
    const { on } = reach(fault.kind);
    if (on === 'any' || (on === 'known' && others.includes(fault.on))) return [];
    const instance = findInstance(index, fault.on);
    if (instance.kind === 'one') return [];
    const path = ['faults', place, 'on'];
    const close = on === 'known' && !index.has(fault.on) ? nearestWord(fault.on, others) : undefined;
    if (close === undefined) return [problem(path, ...instance.complaint)];
    return [problem(path, `there is no "${fault.on}" in the file.`, `Did you mean "${close}"?`)];
  });
}

/** A protection with a slip of the pen protects nothing, silently. */
function protectionProblems(document: AccountDocument): SchemaProblem[] {
  const known = [
    ...document.ec2.flatMap((one) => (one.name === undefined ? [one.id] : [one.id, one.name])),
    ...namesOtherThanInstances(document),
    ...document.asg.map((one) => one.name),
    // What stands for databases without being one.
    ...document.rds.flatMap(({ cluster, parameter_group: group }) => [cluster ?? [], group ?? []].flat()),
  ];
  const functions = document.lambda.map(({ name }) => name);
  return document.protected.flatMap((one, index) => {
    if (known.includes(one) || one.startsWith('arn:')) return [];
    // An alias: `checkout:live`.
    if (functions.some((name) => one.startsWith(`${name}:`))) return [];
    const close = nearestWord(one, known);
    if (close === undefined) return [];
    return [problem(['protected', index], `there is no "${one}" to protect.`, `Did you mean "${close}"?`)];
  });
}

function namesOtherThanInstances(document: AccountDocument): string[] {
  return [
    ...document.rds.map((one) => one.id),
    ...document.lambda.map((one) => one.name),
    ...document.ecs.flatMap((one) => [one.cluster, ...one.services.map((service) => service.name)]),
    ...document.elb.map((one) => one.name),
    ...document.apis.map((one) => one.name),
    ...document.eks.flatMap((one) => [
      one.name,
      ...(one.workloads ?? []).map((workload) => workload.deployment),
    ]),
    ...[...document.s3, ...document.msk, ...document.emr, ...document.mwaa].map((one) => one.name),
    ...document.alarms.map((one) => one.name),
  ];
}
