import type {
  GetRoleCommandInput,
  GetRoleCommandOutput,
  SimulatePrincipalPolicyCommandInput,
  SimulatePrincipalPolicyCommandOutput,
} from '@aws-sdk/client-iam';
import { actionsOf, PERMISSIONS } from '../../contract/permissions.ts';
import { type Operations, read } from '../wire/operation.ts';
import { Refusal } from '../wire/service-exception.ts';
import { DENIED_ERRORS, policyAction } from '../wire/trouble.ts';
import type { World } from '../world/world.ts';

type Output<T> = Omit<T, '$metadata'>;

/**
 * The caller of a simulated account has the policy that has all the tools need, less what `trouble` denies in
 * every region: IAM knows of no others.
 */
export const IAM: Operations = {
  GetRole: read<GetRoleCommandInput, Output<GetRoleCommandOutput>>(({ RoleName = '' }, { account }) => ({
    Role: {
      Path: '/',
      RoleName,
      RoleId: 'AROASIMULATED',
      Arn: `arn:aws:iam::${account}:role/${RoleName}`,
      CreateDate: new Date(0),
    },
  })),
  SimulatePrincipalPolicy: read<
    SimulatePrincipalPolicyCommandInput,
    Output<SimulatePrincipalPolicyCommandOutput>
  >(({ ActionNames = [], ResourceArns: [resource = '*'] = [] }, { world }) => {
    const granted = new Set(actionsOf(Object.keys(PERMISSIONS)));
    return {
      IsTruncated: false,
      EvaluationResults: ActionNames.map((action) => {
        if (!/^[a-z0-9-]+:[A-Za-z*]+$/.test(action))
          throw new Refusal('InvalidInput', `Invalid action: ${action}`);
        const allowed = granted.has(action) && !isDenied(world, action);
        return {
          EvalActionName: action,
          EvalResourceName: resource,
          EvalDecision: allowed ? ('allowed' as const) : ('implicitDeny' as const),
          MatchedStatements: [],
          MissingContextValues: [],
        };
      }),
    };
  }),
};

function isDenied(world: World, permission: string): boolean {
  const [prefix = ''] = permission.split(':');
  return world.file.trouble.some(
    (entry) =>
      [permission, `${prefix}:*`].includes(policyAction(entry)) &&
      entry.region === undefined &&
      entry.error !== undefined &&
      DENIED_ERRORS.includes(entry.error),
  );
}
