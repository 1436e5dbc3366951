import { untouched } from './cloud/call-failure.ts';
import type { ToolContract } from './contract/catalogue/tool-contract.ts';

/** Arguments as a tool declares them, and nothing else. Throws `CallFailure` that names each problem. */
export function checkedInput({ name, input }: ToolContract, given: unknown): unknown {
  const parsed = input.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const where = issue.path.join('.');
    return where ? `${where}: ${issue.message}` : issue.message;
  });
  throw untouched('invalid_arguments', `${name} cannot be called so: ${problems.join('; ')}.`);
}
