import { type Place, partitionOf } from '../cloud/account.ts';
import { asGap, isCancelled } from '../cloud/explain-error.ts';
import type { PermissionReport } from '../contract/checkup.ts';
import { actionsOf, type ChangePermission, NEVER_NEEDED, PERMISSIONS } from '../contract/permissions.ts';
import { principalOf } from './principal.ts';

type Decision = { action: string; decision: 'allowed' | 'implicit' | 'explicit' };
/** Actions asked about one resource: `*` for those that know none. */
type Question = { actions: string[]; resource: string };

/** Actions in one request to IAM. */
const AT_ONCE = 50;
const ACTION = 'iam:SimulatePrincipalPolicy';

/**
 * Asks IAM what the caller's policies allow of all that `tools` need, and of what none needs. Nothing is tried
 * on the account itself. IAM answers for identity policies, boundaries and organisation policies; a policy of
 * the session, or on a resource, it does not know.
 */
export async function checkPermissions(
  caller: string,
  accountNumber: string,
  tools: readonly string[],
  place: Place,
): Promise<PermissionReport> {
  try {
    const principal = await principalOf(caller, place);
    if (principal.kind === 'root') return { how: 'root' };
    if (principal.kind === 'none') return unknown(principal.why, place);
    const needed = actionsOf(tools);
    const beside = [...NEVER_NEEDED, ...actionsOf(Object.keys(PERMISSIONS))].filter(
      (action) => !needed.includes(action) && !isRead(action),
    );
    const questions = questionsAbout([...needed, ...beside], { place, accountNumber });
    const answers = (await Promise.all(questions.map((one) => ask(principal.arn, one, place)))).flat();
    return {
      how: 'asked_iam',
      principal: principal.arn,
      asked: answers.length,
      missing: answers.flatMap(({ action, decision }) =>
        decision === 'allowed' || !needed.includes(action)
          ? []
          : [{ action, tools: toolsNeeding(action, tools), denied: decision }],
      ),
      beyond: answers
        .filter(({ action, decision }) => decision === 'allowed' && beside.includes(action))
        .map(({ action }) => action),
    };
  } catch (error) {
    if (isCancelled(error)) throw error;
    return { how: 'unknown', gap: asGap(error, 'what the caller may do', { action: ACTION, place }) };
  }
}

function unknown(detail: string, { account, region }: Place): PermissionReport {
  const gap = {
    what: 'what the caller may do',
    why: 'no_data' as const,
    detail,
    account: account.name,
    region,
  };
  return { how: 'unknown', gap };
}

/** Reads of tools that are not asked about are no excess: they change nothing. */
function isRead(action: string): boolean {
  return Object.values(PERMISSIONS).some(({ reads }) => reads.includes(action));
}

function toolsNeeding(action: string, tools: readonly string[]): string[] {
  return tools.filter((tool) => actionsOf([tool]).includes(action));
}

/**
 * A policy for certain resources says nothing about `*`: an action that knows resources is asked about an
 * example of its kind.
 */
function questionsAbout(
  actions: readonly string[],
  { place, accountNumber }: { place: Place; accountNumber: string },
): Question[] {
  const byResource = new Map<string, string[]>();
  for (const action of new Set(actions)) {
    const resource = exampleOf(action, place.region, accountNumber);
    byResource.set(resource, [...(byResource.get(resource) ?? []), action]);
  }
  return [...byResource].flatMap(([resource, all]) =>
    Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) => ({
      resource,
      actions: all.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
    })),
  );
}

function exampleOf(action: string, region: string, account: string): string {
  const changes = Object.values(PERMISSIONS).flatMap((one) => one.changes);
  const [pattern = '*'] = changes.find((one: ChangePermission) => one.action === action)?.on ?? [];
  if (pattern === '*') return pattern;
  return pattern
    .replace('{partition}', partitionOf(region))
    .replace('{account}', account)
    .replace(/^(arn:[^:]+:[^:]+:)\*/, `$1${region}`)
    .replaceAll('*', 'example');
}

async function ask(principal: string, { actions, resource }: Question, place: Place): Promise<Decision[]> {
  const { sdk, client } = await place.account.connect('iam', place.region, 'read');
  const found: Decision[] = [];
  const pages = sdk.paginateSimulatePrincipalPolicy(
    { client },
    { PolicySourceArn: principal, ActionNames: actions, ResourceArns: [resource] },
  );
  for await (const { EvaluationResults = [] } of pages) {
    for (const { EvalActionName = '', EvalDecision } of EvaluationResults)
      found.push({ action: EvalActionName, decision: decisionOf(EvalDecision) });
  }
  return found;
}

/** What IAM does not say is allowed is not. */
function decisionOf(said: string | undefined): Decision['decision'] {
  if (said === 'allowed') return 'allowed';
  return said === 'explicitDeny' ? 'explicit' : 'implicit';
}
