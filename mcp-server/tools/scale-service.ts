import { untouched } from '../cloud/call-failure.ts';
import { scaleService } from '../contract/catalogue/services.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import { blastRadiusOf } from './blast-radius.ts';
import {
  observedService,
  type ServiceDetail,
  seenService,
  serviceOf,
  updateLine,
  updateService,
} from './service-changes.ts';
import { findService } from './service-target.ts';
import type { ChangeTool } from './tool.ts';

/**
 * A service has no limits of its own. Application Auto Scaling may keep some for it and set the number back; that
 * is another service, which is not read.
 */
export const scaleServiceTool: ChangeTool<ToolInput<'scale_service'>, ServiceDetail> = {
  kind: 'change',
  contract: scaleService,
  async observe(input, cloud) {
    const found = await findService(cloud, input);
    return observedService(found, { desired: found.service.desiredCount ?? 0 });
  },

  plan(input, observed) {
    const { account, region, detail } = observed;
    const { kind, id, name, facts } = serviceOf(observed);
    const was = Number(facts.desired);
    const { desired } = input;
    refuseUnscalable(detail);
    if (desired === was) {
      throw untouched('invalid_state', `${name} wants ${was} tasks already. There is nothing to change.`);
    }
    const { cluster } = detail.listed;
    const call = (count: number) => ({ service: name, cluster, desired: count, account, region });
    return {
      tool: 'scale_service',
      arguments: call(desired),
      risk: desired > was ? 'change' : 'destructive',
      irreversible: false,
      targets: [{ kind, id, name, was: { ...facts }, becomes: { desired } }],
      blast_radius: blastRadiusOf(
        [{ id, name }],
        detail.surroundings,
        'calls_it',
        desired === 0 ? 'leaves' : 'stays',
      ),
      undo: { possible: true, tool: 'scale_service', arguments: call(was) },
      cli: [updateLine(detail, '--desired-count', String(desired))],
    };
  },

  event: 'UpdateService',

  attempt: (change, at, cloud) =>
    updateService(change, at, cloud, { desiredCount: Number(change.arguments.desired) }),

  verify(change, at, cloud) {
    const wanted = Number(change.arguments.desired);
    return seenService(change, at, cloud, ({ desiredCount, runningCount = 0 }) => {
      const facts = { desired: desiredCount ?? null, running: runningCount };
      if (desiredCount !== wanted) return { facts, result: 'not_seen' };
      return { facts, result: runningCount === wanted ? 'done' : 'in_progress' };
    });
  },
};

function refuseUnscalable({ name, scheduling, controller }: ServiceDetail): void {
  if (scheduling === 'DAEMON') {
    throw untouched(
      'invalid_state',
      `${name} is a DAEMON service: it runs one task on each container instance and cannot be scaled.`,
      { hint: 'The number of container instances decides how many tasks it runs.' },
    );
  }
  if (controller === 'EXTERNAL') {
    throw untouched(
      'invalid_state',
      `${name} is deployed by something outside ECS: its task sets are scaled there.`,
    );
  }
}
