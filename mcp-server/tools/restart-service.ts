import { untouched } from '../cloud/call-failure.ts';
import { restartService } from '../contract/catalogue/services.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import { blastRadiusOf } from './blast-radius.ts';
import {
  observedService,
  primaryOf,
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

export const restartServiceTool: ChangeTool<ToolInput<'restart_service'>, ServiceDetail> = {
  kind: 'change',
  contract: restartService,
  async observe(input, cloud) {
    const found = await findService(cloud, input);
    const { service } = found;
    return observedService(found, {
      desired: service.desiredCount ?? 0,
      // A deployment that has begun since is another state: its tasks are new already.
      deployment: primaryOf(service)?.id ?? null,
    });
  },

  plan(_input, observed) {
    const { account, region, detail } = observed;
    const { kind, id, name, facts } = serviceOf(observed);
    refuseForeignDeployments(detail);
    if (facts.desired === 0) {
      throw untouched('invalid_state', `${name} runs no tasks: there is nothing to restart.`, {
        hint: 'Scale it up instead.',
      });
    }
    const { cluster } = detail.listed;
    return {
      tool: 'restart_service',
      arguments: { service: name, cluster, account, region },
      risk: 'destructive',
      irreversible: false,
      targets: [{ kind, id, name, was: { ...facts }, becomes: {} }],
      blast_radius: blastRadiusOf([{ id, name }], detail.surroundings, 'calls_it'),
      undo: { possible: false, why: 'nothing_to_take_back' },
      cli: [updateLine(detail, '--force-new-deployment')],
    };
  },

  event: 'UpdateService',

  attempt: (change, at, cloud) => updateService(change, at, cloud, { forceNewDeployment: true }),

  verify: (change, at, cloud) =>
    seenService(change, at, cloud, (service, was) => {
      const deployment = primaryOf(service)?.id ?? null;
      const { facts, result } = rolloutOf(service);
      if (deployment === was.deployment) return { facts: { deployment }, result: 'not_seen' };
      return { facts: { ...facts, deployment }, result };
    }),
};
