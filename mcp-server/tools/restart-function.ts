import { untouched } from '../cloud/call-failure.ts';
import { lookOnce } from '../cloud/look.ts';
import { placeOf } from '../cloud/resolve.ts';
import { restartFunction } from '../contract/catalogue/functions.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import { awsLine } from './cli-line.ts';
import { applyToFunction } from './function-apply.ts';
import { carriedFacts, carriedLines, carriedTo } from './function-carry.ts';
import { observedFunction } from './function-facts.ts';
import { aliasesMoved, lookAfter, resultOf, targetOf } from './function-seen.ts';
import { findFunction, type TargetFunction, wholeFunction } from './function-target.ts';
import { aliasesIn } from './function-versions.ts';
import type { ChangeTool } from './tool.ts';

/** AWS takes no longer description. */
const LONGEST = 256;
/** What an earlier restart left at the end of the description. */
const MARK = /\s*\[restarted(?: \d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)?\]$/;

/**
 * AWS knows no restart. Any change of the configuration makes a new revision, and what is invoked from then on
 * runs in new environments; those warm so far take no more events. The description is what nothing reads: no
 * variable of the environment is touched, sent or needed, so it works where they are encrypted and unreadable.
 * That the description counts as such a change is not in AWS's documentation: it is what operators see.
 */
export const restartFunctionTool: ChangeTool<ToolInput<'restart_function'>, TargetFunction> = {
  kind: 'change',
  contract: restartFunction,
  async observe(input, cloud) {
    const target = await findFunction(cloud, input, input.function);
    wholeFunction(target, input.function);
    return observedFunction(target, target.versions.aliases);
  },

  plan(_input, { account, region, states: [state], detail }) {
    if (!state) throw untouched('not_found', 'There is no such function.');
    const { name, place, versions, blastRadius } = detail;
    const carried = carriedTo(name, versions, state.facts);
    const description = marked(versions.current.Description ?? '', new Date(0));
    if (description.length > LONGEST) {
      throw untouched(
        'invalid_state',
        `The description of ${name} fills its ${LONGEST} characters: there is no room for the mark that makes AWS start new environments.`,
        { hint: 'Shorten the description, then ask again.' },
      );
    }
    return {
      tool: 'restart_function',
      arguments: { function: name, account, region },
      risk: 'destructive',
      irreversible: false,
      targets: [
        { kind: 'function', id: name, name, was: { ...state.facts }, becomes: carriedFacts(carried) },
      ],
      blast_radius: blastRadius,
      undo: { possible: false, why: 'nothing_to_take_back' },
      cli: [
        awsLine(
          place,
          'lambda',
          'update-function-configuration',
          '--function-name',
          name,
          '--description',
          `${unmarked(versions.current.Description ?? '')} [restarted]`.trimStart(),
        ),
        ...carriedLines(place, name, carried),
      ],
    };
  },

  event: 'UpdateFunctionConfiguration20150331v2',

  async attempt(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, was, becomes } = targetOf(change);
    await applyToFunction(cloud, place, {
      name: id,
      settings: (now) => ({ Description: marked(now.Description ?? '', place.account.now()) }),
      mark: String(was.code),
      aliases: aliasesIn(becomes).map(({ name }) => ({ name, version: String(was[`alias ${name}`]) })),
    });
  },

  async verify(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const target = targetOf(change);
    const { configuration, facts } = await lookOnce(place, 'lambda:GetFunction', () =>
      lookAfter(cloud, place, change),
    );
    const reached = MARK.test(configuration.Description ?? '') && aliasesMoved(target, facts);
    return [{ id: target.id, name: target.name, facts, result: resultOf(reached, configuration) }];
  },
};

/** The description with the time of this restart in the place of the last one's. */
function marked(description: string, at: Date): string {
  return `${unmarked(description)} [restarted ${at.toISOString().slice(0, 19)}Z]`.trimStart();
}

function unmarked(description: string): string {
  return description.replace(MARK, '');
}
