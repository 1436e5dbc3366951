import { type ChangePermission, PERMISSIONS } from './permissions.ts';

/** A policy document as IAM takes it. Source: IAM User Guide, "IAM JSON policy elements reference". */
export type PolicyDocument = {
  Version: '2012-10-17';
  Statement: { Sid: string; Effect: 'Allow'; Action: string[]; Resource: string | string[] }[];
};

/** Whose resources: `*` where a policy may stand for any. */
export type PolicyScope = { partition: string; account: string };

/** The most characters of a customer managed policy, blanks not counted (IAM quotas). */
export const MOST_CHARACTERS = 6_144;

/**
 * The least that the named tools need: one statement for all reads, and for each tool that changes something one
 * for each kind of resource it changes: a statement allows each of its actions on each of its resources. Tools that
 * are no AWS tools need nothing.
 */
export function policyFor(tools: readonly string[], scope: PolicyScope): PolicyDocument {
  const needed = tools.flatMap((tool) => {
    const of = PERMISSIONS[tool];
    return of ? [{ tool, ...of }] : [];
  });
  const reads = [...new Set(needed.flatMap((one) => one.reads))].toSorted();
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Read', Effect: 'Allow', Action: reads, Resource: '*' },
      ...needed.flatMap(({ tool, changes }) => changeStatements(tool, changes, scope)),
    ],
  };
}

function changeStatements(
  tool: string,
  changes: readonly ChangePermission[],
  scope: PolicyScope,
): PolicyDocument['Statement'] {
  const byResources = Map.groupBy(changes, ({ on }) => on.join(' '));
  return [...byResources.values()].map((alike, at) => ({
    Sid: `${sidOf(tool)}${at === 0 ? '' : at + 1}`,
    Effect: 'Allow' as const,
    Action: alike.map(({ action }) => action),
    Resource: (alike[0]?.on ?? []).map((arn) => filled(arn, scope)),
  }));
}

/** As IAM counts them against its quota. */
export function policyCharacters(policy: PolicyDocument): number {
  return JSON.stringify(policy).length;
}

function filled(arn: string, { partition, account }: PolicyScope): string {
  return arn.replace('{partition}', partition).replace('{account}', account);
}

/** `stop_instances` → `StopInstances`: a Sid holds letters and figures only. */
function sidOf(tool: string): string {
  return tool.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
