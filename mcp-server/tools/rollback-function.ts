import { untouched } from '../cloud/call-failure.ts';
import { lookOnce } from '../cloud/look.ts';
import { placeOf } from '../cloud/resolve.ts';
import { rollbackFunction } from '../contract/catalogue/functions.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import type { PlannedChange } from '../contract/proposal.ts';
import { awsLine } from './cli-line.ts';
import { moveAlias } from './function-apply.ts';
import { observedFunction } from './function-facts.ts';
import { lookAfter, targetOf } from './function-seen.ts';
import { findFunction, type TargetFunction } from './function-target.ts';
import {
  type Alias,
  aliasesIn,
  aliasesOnVersions,
  isSplit,
  runsTheSame,
  servedBy,
  type Versions,
} from './function-versions.ts';
import type { ChangeTool } from './tool.ts';

type Detail = TargetFunction & { alias: Alias };

export const rollbackFunctionTool: ChangeTool<ToolInput<'rollback_function'>, Detail> = {
  kind: 'change',
  contract: rollbackFunction,
  async observe(input, cloud) {
    const target = await findFunction(cloud, input, input.function);
    const alias = aliasToMove(target, input.function);
    return { ...observedFunction(target, [alias]), detail: { ...target, alias } };
  },

  plan(input, { account, region, states: [state], detail }) {
    if (!state) throw untouched('not_found', 'There is no such function.');
    const { name, facts } = state;
    const { alias: observed, versions, place, blastRadius } = detail;
    const key = `alias ${observed.name}`;
    // In a plan the step before may be expected to have moved it.
    const moved = facts[key] !== servedBy(observed);
    const alias = moved ? { ...observed, version: String(facts[key]), split: {} } : observed;
    const version = input.version ?? versionBefore(name, alias, versions);
    refuseVersion(name, version, alias, versions);
    const qualified = `${name}:${alias.name}`;
    return {
      tool: 'rollback_function',
      arguments: { function: qualified, version, account, region },
      risk: 'destructive',
      irreversible: false,
      targets: [{ kind: 'function', id: name, name, was: { ...facts }, becomes: { [key]: version } }],
      blast_radius: blastRadius,
      undo: undoOf(alias, { function: qualified, version: alias.version, account, region }),
      cli: [
        awsLine(
          place,
          'lambda',
          'update-alias',
          '--function-name',
          name,
          '--name',
          alias.name,
          '--function-version',
          version,
          ...(isSplit(alias) ? ['--routing-config', 'AdditionalVersionWeights={}'] : []),
        ),
      ],
    };
  },

  event: 'UpdateAlias20150331',

  async attempt(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, was, becomes } = targetOf(change);
    const [alias] = aliasesIn(becomes);
    if (!alias) throw new TypeError('a rollback moves one alias');
    // What it serves may be followed by the shares of a split.
    const [from = ''] = String(was[`alias ${alias.name}`]).split(',');
    await moveAlias(cloud, place, { function: id, alias: alias.name, from, to: alias.version });
  },

  async verify(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, name, becomes } = targetOf(change);
    const { facts } = await lookOnce(place, 'lambda:GetFunction', () => lookAfter(cloud, place, change));
    const reached = Object.entries(becomes).every(([key, value]) => facts[key] === value);
    const result = reached ? 'done' : 'not_seen';
    return [{ id, name, facts, result }];
  },
};

/** The alias that was named, or the only one on a published version. Throws `CallFailure`. */
function aliasToMove({ name, qualifier, versions, place }: TargetFunction, mention: string): Alias {
  const serving = aliasesOnVersions(versions);
  if (qualifier !== undefined) {
    const named = serving.find((one) => one.name === qualifier);
    if (named) return named;
    throw untouched('not_found', `${name} has no alias ${qualifier} on a published version.`, {
      hint: serving.length > 0 ? `It has ${serving.map((one) => one.name).join(', ')}.` : NO_ALIAS,
    });
  }
  const [only, ...others] = serving;
  if (!only) {
    throw untouched(
      'invalid_state',
      `${name} has no alias on a published version: callers get the unpublished one, and AWS keeps none before it.`,
      { hint: NO_ALIAS },
    );
  }
  if (others.length === 0) return only;
  const each = serving.map((one) => `${one.name} (${servedBy(one)})`).join(', ');
  throw untouched('ambiguous', `${name} has ${serving.length} aliases on published versions: ${each}.`, {
    hint: `Say which one: ${serving.map((one) => `${name}:${one.name}`).join(' or ')}.`,
    mention,
    candidates: serving.map((one) => ({
      id: `${name}:${one.name}`,
      name: `${name}:${one.name}`,
      kind: 'function',
      state: servedBy(one),
      account: place.account.name,
      region: place.region,
    })),
  });
}

const NO_ALIAS =
  'Deploy the code that ran before. To be able to roll back, publish a version with each deployment and let callers use an alias.';

/**
 * Pure: the newest version before what an alias serves, copies of the same left out (a restart publishes one).
 * With traffic split, the newer one is what is rolled back. Throws `CallFailure` when there is none.
 */
function versionBefore(name: string, alias: Alias, { published }: Versions): string {
  const serves = [alias.version, ...Object.keys(alias.split)].map(Number);
  const newest = published.find((one) => Number(one.Version) === Math.max(...serves));
  const before = published.filter((one) => Number(one.Version) < Math.max(...serves));
  const found = before.findLast((one) => newest === undefined || !runsTheSame(one, newest));
  if (found?.Version) return found.Version;
  const which =
    before.length === 0
      ? `There is no version of ${name} before ${Math.max(...serves)}`
      : `All versions of ${name} before ${Math.max(...serves)} are the same as it`;
  throw untouched('invalid_state', `${which}: ${alias.name} has nothing to go back to.`, {
    hint: 'Deploy the code that should run.',
  });
}

function refuseVersion(name: string, version: string, alias: Alias, { published }: Versions): void {
  if (version === alias.version && !isSplit(alias)) {
    throw untouched(
      'invalid_state',
      `${alias.name} of ${name} serves ${version} already. There is nothing to change.`,
    );
  }
  if (published.some((one) => one.Version === version)) return;
  const known = published.map((one) => one.Version).slice(-5);
  throw untouched('invalid_arguments', `${name} has no published version ${version}.`, {
    hint: `The newest are ${known.join(', ')}.`,
  });
}

/** A split cannot be put back by a call that lets an alias serve one version. */
function undoOf(alias: Alias, back: Record<string, unknown>): PlannedChange['undo'] {
  if (isSplit(alias)) return { possible: false, why: 'split_not_restored' };
  return { possible: true, tool: 'rollback_function', arguments: back };
}
