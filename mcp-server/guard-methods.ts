import type { OpenCloud } from './cloud/open-cloud.ts';
import { METHODS } from './contract/wire.ts';
import type { ApprovalDesk } from './guard/desk.ts';
import type { Methods } from './methods.ts';
import { planSteps } from './propose-plan.ts';
import type { AnyTool } from './tools/tool.ts';

type GuardMethodParts = {
  desk: ApprovalDesk;
  tools: ReadonlyMap<string, AnyTool>;
  cloud: OpenCloud;
};

/** The methods for approving and for the audit, answered by the guard's desk. */
export function guardMethods({
  desk,
  tools,
  cloud,
}: GuardMethodParts): Omit<Methods, typeof METHODS.checkup> {
  return {
    [METHODS.proposals]: async ({ id, all }) => ({
      proposals: desk.proposals({
        ...(id === undefined ? {} : { id }),
        ...(all === undefined ? {} : { all }),
      }),
    }),
    [METHODS.submitGrant]: async ({ grant }, { session }) => {
      desk.submitGrant(grant, session);
      return { accepted: true };
    },
    [METHODS.decline]: async ({ id, reason }, { session }) => {
      desk.decline({ id, ...(reason === undefined ? {} : { reason }) }, session);
      return { declined: true };
    },
    [METHODS.proposePlan]: async ({ steps }, { session, signal }) => ({
      proposal: desk.proposePlan(await planSteps(steps, tools, cloud.forCall({ signal }), session)),
    }),
    [METHODS.standing]: async () => ({ standing: desk.standing() }),
    [METHODS.revokeStanding]: async ({ id }, { session }) => {
      desk.revokeStanding(id, session);
      return { revoked: true };
    },
    [METHODS.auditShow]: async ({ last, after }) =>
      desk.auditShow({ ...(last === undefined ? {} : { last }), ...(after === undefined ? {} : { after }) }),
    [METHODS.auditVerify]: async ({ against }) => ({ verdict: desk.auditVerify(against) }),
  };
}
