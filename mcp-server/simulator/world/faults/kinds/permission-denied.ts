import { hexOf } from '../../deterministic.ts';
import { logged } from '../complaints.ts';
import type { FaultRule } from '../fault.ts';
import { until } from '../mending.ts';

/** How long before it is felt the policy was changed: until credentials are fetched anew. */
const CHANGED_BEFORE_MS = 60_000;
const ACTIONS = ['dynamodb:GetItem', 's3:GetObject', 'sqs:SendMessage', 'kms:Decrypt'] as const;

/**
 * Somebody took a permission from a resource's role. No tool changes IAM: a person gives it back, who is told
 * what was changed, by whom and when.
 */
export const PERMISSION_DENIED: FaultRule = {
  kind: 'permission_denied',
  strikes: [
    'function',
    'service',
    'instance',
    'auto_scaling_group',
    'database',
    'load_balancer',
    'api',
    'deployment',
    'cluster',
    'external',
  ],
  spans: (_world, { at }) => until(at),
  distress: ({ severity }) => ({ errors: 0.9 * severity }),
  complaints: [
    (say, called) =>
      logged(
        say,
        'ERROR',
        `call to ${called} failed: status ${say.pick([403, 500])} AccessDenied, request ${say.uuid()}`,
      ),
  ],
  changes: (_world, { at, resource }) => {
    const role = `${resource.name}-role`;
    const policy = `${resource.name}-access`;
    return [
      {
        at: at - CHANGED_BEFORE_MS,
        who: 'm.kang',
        event: 'DeleteRolePolicy',
        source: 'iam.amazonaws.com',
        parameters: { roleName: role, policyName: policy },
        resources: [
          { type: 'AWS::IAM::Role', name: role },
          { type: 'AWS::IAM::Policy', name: policy },
        ],
      },
    ];
  },
  logs: [
    {
      says: 'again',
      perMinute: ({ severity }) => 24 * Math.max(0.1, severity),
      lines: ACTIONS.map((action) => (say) => {
        const role = `assumed-role/${say.resource.name}-role/${hexOf(say.resource.id, 12)}`;
        const what = `User: ${role} is not authorized to perform: ${action}`;
        return logged(
          say,
          'ERROR',
          `AccessDeniedException: ${what} because no identity-based policy allows the ${action} action (request ${say.uuid()})`,
        );
      }),
    },
  ],
};
