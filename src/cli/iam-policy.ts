import { CATALOGUE, isToolName } from '../../mcp-server/contract/catalogue.ts';
import { MOST_CHARACTERS, policyCharacters, policyFor } from '../../mcp-server/contract/iam-policy.ts';
import { gravestRisk } from '../../mcp-server/contract/risk.ts';
import type { ExitName } from './exit-codes.ts';
import type { Given } from './options.ts';
import type { Output } from './output.ts';
import { UsageError } from './usage-error.ts';

/**
 * `aiops iam-policy`: the least an identity needs, as a policy that IAM takes. Reads alone, unless changing
 * tools are asked for by name. Nothing is asked of AWS. Throws `UsageError`.
 */
export function printIamPolicy(given: Given, output: Output): ExitName {
  const names = Object.keys(CATALOGUE);
  const reads = names.filter((name) => gravestRisk(name) === 'read');
  const changing = names.filter((name) => gravestRisk(name) !== 'read');
  const wanted =
    given.all === true ? changing : listed(given.with).map((name) => changingTool(name, changing));
  const policy = policyFor([...reads, ...wanted], {
    partition: partition(given.partition),
    account: accountNumber(given.accountNumber),
  });
  output.data(JSON.stringify(policy, null, 2));
  const characters = policyCharacters(policy);
  if (characters > MOST_CHARACTERS)
    output.note(
      `This has ${characters} characters; one managed policy holds ${MOST_CHARACTERS}: split it in two.`,
    );
  if (wanted.length === 0)
    output.note(`Reads only. For a change add --with TOOL (or --all): ${changing.join(', ')}`);
  return 'done';
}

function changingTool(name: string, changing: readonly string[]): string {
  if (changing.includes(name)) return name;
  if (isToolName(name)) throw new UsageError(`${name} changes nothing: reads are in the policy anyhow`);
  throw new UsageError(`there is no tool "${name}" that changes something; there are ${changing.join(', ')}`);
}

function partition(value: unknown): string {
  if (value === undefined) return 'aws';
  if (typeof value === 'string' && /^aws(-cn|-us-gov)?$/.test(value)) return value;
  throw new UsageError(`--partition takes aws, aws-cn or aws-us-gov, not "${String(value)}"`);
}

function accountNumber(value: unknown): string {
  if (value === undefined) return '*';
  if (typeof value === 'string' && /^\d{12}$/.test(value)) return value;
  throw new UsageError(`--account-number takes twelve digits, not "${String(value)}"`);
}

function listed(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
