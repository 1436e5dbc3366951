import { canonicalJson } from '../../mcp-server/contract/canonical.ts';
import { foldName } from '../../mcp-server/contract/name-folding.ts';
import type { CallProposal, Target } from '../../mcp-server/contract/proposal.ts';
import type { Provenance } from '../domain/events.ts';
import type { PlannedCall, Reading } from '../domain/reading.ts';

/**
 * Calls that restore, or add within a maximum that the resource itself has, and the argument that names what
 * they are for. A service or a deployment has no such maximum: scaling one asks.
 */
const RESTORING: Readonly<Record<string, string>> = {
  start_instances: 'instances',
  set_desired_capacity: 'group',
};

export type AskedFor = {
  text: string;
  provenance: Provenance;
  /** The call as the conversation understood it. */
  planned: PlannedCall;
  /** What the built-in planner makes of the very text alone: no conversation, no model. */
  alone: Reading;
  proposal: CallProposal;
};

/** The id or the full name, case, width and separators aside. */
function means(mention: unknown, target: Target): boolean {
  if (typeof mention !== 'string' || foldName(mention) === '') return false;
  return [target.id, target.name].some((spelling) => foldName(spelling) === foldName(mention));
}

function standsIn(text: string, target: Target): boolean {
  return [target.id, target.name].some(
    (spelling) => foldName(spelling) !== '' && foldName(text).includes(foldName(spelling)),
  );
}

/** The proposal is for the call that was read: its one resource, and every other argument word for word. */
function proposesWhatWasRead(call: PlannedCall, proposal: CallProposal, target: Target): boolean {
  const naming = RESTORING[call.tool];
  if (!naming || call.tool !== proposal.tool) return false;
  return Object.entries(call.arguments).every(([name, value]) => {
    if (name !== naming) return canonicalJson(value) === canonicalJson(proposal.arguments[name] ?? null);
    const mentions = Array.isArray(value) ? value : [value];
    return mentions.length === 1 && means(mentions[0], target);
  });
}

/**
 * Whether a change may be signed without asking: the tool catalogue's rule, all of it. Only what restores or
 * adds; only what the person typed this turn; one resource named in full in that text; and the text alone,
 * read without model or conversation, gives exactly the same single call. Anything else asks.
 */
export function needsNoDialog({ text, provenance, planned, alone, proposal }: AskedFor): boolean {
  const [target, ...more] = proposal.targets;
  if (provenance !== 'typed' || !target || more.length > 0) return false;
  if (!Object.hasOwn(RESTORING, proposal.tool)) return false;
  if (proposal.risk !== 'change' || proposal.irreversible) return false;
  if (alone.outcome !== 'calls') return false;
  const [read, ...others] = alone.calls;
  if (!read || others.length > 0 || !read.namedInFull || !planned.namedInFull) return false;
  if (read.tool !== planned.tool) return false;
  if (canonicalJson(read.arguments) !== canonicalJson(planned.arguments)) return false;
  return standsIn(text, target) && proposesWhatWasRead(read, proposal, target);
}
