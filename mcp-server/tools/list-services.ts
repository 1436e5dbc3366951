import { untouched } from '../cloud/call-failure.ts';
import { readClusters, readServices, serviceRowOf } from '../cloud/ecs-services.ts';
import { lookEverywhere } from '../cloud/look.ts';
import { createNameIndex } from '../cloud/name-matching.ts';
import { listServices, type ServiceRow } from '../contract/catalogue/services.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { listText, plural } from './list-text.ts';
import { closeNote } from './one-instance.ts';
import type { ReadTool } from './tool.ts';

export const listServicesTool: ReadTool<ToolInput<'list_services'>, ToolOutput<'list_services'>> = {
  kind: 'read',
  contract: listServices,
  async run(input, cloud) {
    const places = await cloud.places(input);
    const clusters = new Set<string>();
    const { found, coverage } = await lookEverywhere(
      cloud,
      places,
      { what: 'services', action: 'ecs:DescribeServices' },
      async (place) => {
        const all = (await readClusters(cloud, place)).map(({ name, arn }) => ({ id: name, name, arn }));
        for (const { name } of all) clusters.add(name);
        const meant = input.cluster === undefined ? null : clusterMeant(input.cluster, all);
        const wanted = meant === null ? all : meant.clusters;
        const services = await readServices(
          cloud,
          place,
          wanted.map(({ name }) => name),
        );
        return {
          wanted,
          note: meant?.note ?? '',
          rows: services.map((service) => serviceRowOf(service, place)),
        };
      },
    );
    if (input.cluster !== undefined && found.every(({ value }) => value.wanted.length === 0)) {
      throw noSuchCluster(input.cluster, [...clusters].sort());
    }
    const services = found
      .flatMap(({ value }) => value.rows)
      .sort((a, b) => Number(ails(b)) - Number(ails(a)) || a.name.localeCompare(b.name));
    return {
      findings: { services, coverage },
      text: found.map(({ value }) => value.note).join('') + listText(headingOf(services), services.map(line)),
      cli: found.flatMap(({ place, value: { wanted, rows } }) =>
        wanted.flatMap(({ name: cluster }) => {
          const names = rows.filter((row) => row.cluster === cluster).map((row) => row.name);
          return [
            awsLine(place, 'ecs', 'list-services', '--cluster', cluster),
            ...(names.length > 0
              ? [
                  awsLine(
                    place,
                    'ecs',
                    'describe-services',
                    '--cluster',
                    cluster,
                    '--services',
                    ...names.slice(0, 10),
                  ),
                ]
              : []),
          ];
        }),
      ),
      console: consolePage(places.open[0], 'ecs', '/clusters'),
    };
  },
};

/** A read may take the one cluster whose name is close, and says so. */
function clusterMeant(said: string, clusters: readonly { id: string; name: string; arn: string }[]) {
  const match = createNameIndex(clusters)(said);
  if (match.kind !== 'exact' && match.kind !== 'close') return { clusters: [], note: '' };
  return { clusters: [match.found], note: closeNote(match.kind, said, match.found.name) };
}

function noSuchCluster(said: string, known: readonly string[]) {
  const there = known.length > 0 ? ` There is ${known.join(', ')}.` : ' There are no clusters.';
  return untouched('not_found', `There is no ECS cluster ${JSON.stringify(said)}.${there}`, {
    mention: said,
    candidates: [],
  });
}

/** Fewer tasks than wanted, or a deployment that has not come through. */
function ails({ running, desired, deployments }: ServiceRow): boolean {
  return running < desired || deployments.some((one) => one.rollout === 'FAILED' || one.failed > 0);
}

function headingOf(services: readonly ServiceRow[]): string {
  if (services.length === 0) return 'No ECS services.';
  const ailing = services.filter(ails).length;
  return `${plural(services.length, 'ECS service')}${ailing > 0 ? `, ${ailing} not as wanted` : ''}.`;
}

function line(row: ServiceRow): string {
  const { name, cluster, desired, running, pending, task_definition: version, deployments, events } = row;
  const rolling = deployments.find(
    (one) => one.status === 'PRIMARY' && one.rollout && one.rollout !== 'COMPLETED',
  );
  const newest = ails(row) && events[0] ? ` “${events[0].message}”` : '';
  return [
    `${name}  ${running}/${desired} running${pending > 0 ? `, ${pending} pending` : ''}  ${version}  cluster ${cluster}`,
    ...(rolling ? [`deployment ${rolling.rollout}, ${rolling.failed} failed tasks`] : []),
  ]
    .join(', ')
    .concat(newest);
}
