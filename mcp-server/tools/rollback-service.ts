import { untouched } from '../cloud/call-failure.ts';
import { taskDefinitionName } from '../cloud/ecs-services.ts';
import { lookOnce } from '../cloud/look.ts';
import { type EarlierVersion, earlierVersion } from '../cloud/task-definitions.ts';
import { rollbackService } from '../contract/catalogue/services.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import { blastRadiusOf } from './blast-radius.ts';
import {
  observedService,
  refuseForeignDeployments,
  rolloutOf,
  type ServiceDetail,
  seenService,
  serviceOf,
  updateLine,
  updateService,
} from './service-changes.ts';
import { findService } from './service-target.ts';
import type { ChangeTool } from './tool.ts';

export const rollbackServiceTool: ChangeTool<ToolInput<'rollback_service'>, ServiceDetail> = {
  kind: 'change',
  contract: rollbackService,
  async observe(input, cloud) {
    const found = await findService(cloud, input);
    const { place, service } = found;
    const earlier = await lookOnce(place, 'ecs:DescribeTaskDefinition', () =>
      earlierVersion(cloud, place, service),
    );
    const observed = observedService(found, {
      task_definition: taskDefinitionName(service.taskDefinition),
      earlier: earlier.kind === 'found' ? earlier.taskDefinition : null,
    });
    const { surroundings } = observed.detail;
    return {
      ...observed,
      detail: {
        ...observed.detail,
        surroundings: { ...surroundings, gaps: [...surroundings.gaps, ...gapsOf(earlier, found)] },
      },
    };
  },

  plan(_input, observed) {
    const { account, region, detail } = observed;
    const { kind, id, name, facts } = serviceOf(observed);
    refuseForeignDeployments(detail);
    if (facts.earlier === null || facts.earlier === undefined) {
      throw untouched(
        'invalid_state',
        `There is no version of ${name} to go back to: ${facts.task_definition} has no earlier revision that can still be run.`,
        { hint: 'Deploy a repaired version instead.' },
      );
    }
    const earlier = String(facts.earlier);
    const { cluster } = detail.listed;
    return {
      tool: 'rollback_service',
      arguments: { service: name, cluster, account, region },
      risk: 'destructive',
      irreversible: false,
      targets: [{ kind, id, name, was: { ...facts }, becomes: { task_definition: earlier } }],
      blast_radius: blastRadiusOf([{ id, name }], detail.surroundings, 'calls_it'),
      undo: { possible: false, why: 'deploy_again' },
      cli: [updateLine(detail, '--task-definition', earlier)],
    };
  },

  event: 'UpdateService',

  attempt: (change, at, cloud) =>
    updateService(change, at, cloud, { taskDefinition: String(change.targets[0]?.becomes.task_definition) }),

  verify: (change, at, cloud) =>
    seenService(change, at, cloud, (service) => {
      const { facts, result } = rolloutOf(service);
      const wanted = change.targets[0]?.becomes.task_definition;
      return { facts, result: facts.task_definition === wanted ? result : 'not_seen' };
    }),
};

/** A version that only its number tells of may never have been run by this service. */
function gapsOf(
  earlier: EarlierVersion,
  { place, listed }: Pick<Awaited<ReturnType<typeof findService>>, 'place' | 'listed'>,
): EarlierVersion['gaps'] {
  if (earlier.kind === 'none' || earlier.known === 'ran') return earlier.gaps;
  const detail = `No earlier deployment of ${listed.name} could be seen: ${earlier.taskDefinition} is the revision before, whether or not it was ever run.`;
  const where = { account: place.account.name, region: place.region };
  return [...earlier.gaps, { what: `versions ${listed.name} ran`, why: 'no_data', detail, ...where }];
}
