import type { PlannedChange, Proposal, Target } from '../../mcp-server/contract/proposal.ts';

/** What `--approve 'tool:resource[,resource...]'` names. */
export type NamedApproval = { tool: string; resources: string[] };

const TOOL = /^[a-z][a-z0-9_]*$/;
const GLOB = /[*?[\]{}]/;

/** Null when it does not name one tool and its resources exactly: no globs, nothing empty, nothing twice. */
export function parseNamedApproval(text: string): NamedApproval | null {
  const colon = text.indexOf(':');
  const tool = text.slice(0, Math.max(0, colon));
  const resources = text
    .slice(colon + 1)
    .split(',')
    .map((resource) => resource.trim());
  if (!TOOL.test(tool)) return null;
  if (resources.some((resource) => resource === '' || GLOB.test(resource))) return null;
  return new Set(resources).size === resources.length ? { tool, resources } : null;
}

function names(resource: string, target: Target): boolean {
  return resource === target.id || resource === target.name;
}

/** Every target is named by its exact id or full name, and nothing else is named. */
function namesChange(named: NamedApproval, change: PlannedChange): boolean {
  if (named.tool !== change.tool || named.resources.length !== change.targets.length) return false;
  const namedBy = change.targets.map(
    (target) => named.resources.filter((resource) => names(resource, target)).length,
  );
  const namedOnce = named.resources.every(
    (resource) => change.targets.filter((target) => names(resource, target)).length === 1,
  );
  return namedOnce && namedBy.every((count) => count === 1);
}

/** Whether the switches given name a proposal exactly; a plan needs each of its steps named. */
export function namesExactly(named: readonly NamedApproval[], proposal: Proposal): boolean {
  const changes = proposal.kind === 'plan' ? proposal.steps : [proposal];
  return changes.every((change) => named.some((one) => namesChange(one, change)));
}
