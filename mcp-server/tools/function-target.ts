import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud, Whereabouts } from '../cloud/cloud.ts';
import { functionArn, readAliases, readFunction, readFunctions, readVersions } from '../cloud/functions.ts';
import { lookOnce } from '../cloud/look.ts';
import { pickForChange, placeOf } from '../cloud/resolve.ts';
import type { BlastRadius } from '../contract/proposal.ts';
import { surveyAccount } from './account-survey.ts';
import { blastRadiusOf, readSurroundings } from './blast-radius.ts';
import { invokersOf } from './function-invokers.ts';
import { type Versions, versionsOf } from './function-versions.ts';

/** The function a change is for, as it is now, with all that the decision rests on. */
export type TargetFunction = {
  name: string;
  arn: string;
  place: Place;
  /** The alias that was named with it: `checkout:live`. */
  qualifier: string | undefined;
  /** Null: none of its own. */
  reserved: number | null;
  versions: Versions;
  /** Functions in all regions of the account, as far as could be seen. */
  population: number;
  blastRadius: BlastRadius;
};

/** Throws `CallFailure` for a mention that is not exactly one function, and when it cannot be read. */
export async function findFunction(cloud: Cloud, at: Whereabouts, mention: string): Promise<TargetFunction> {
  const { name: said, qualifier } = unqualified(mention);
  const about = { what: 'functions', action: 'lambda:ListFunctions' };
  const { account, named, coverage, everywhere, gaps } = await surveyAccount(
    cloud,
    at,
    about,
    async (place) => (await readFunctions(cloud, place)).map((one) => nameable(one, place)),
  );
  const { name, arn, region } = pickForChange(said, named, coverage);
  const place = await placeOf(cloud, { account: account.name, region });
  const [now, aliases, versions] = await Promise.all([
    lookOnce(place, 'lambda:GetFunction', () => readFunction(cloud, place, name)),
    lookOnce(place, 'lambda:ListAliases', () => readAliases(cloud, place, name)),
    lookOnce(place, 'lambda:ListVersionsByFunction', () => readVersions(cloud, place, name)),
  ]);
  const known = versionsOf(versions, aliases, now.configuration);
  const blast = await readBlastRadius(cloud, place, name, known);
  return {
    name,
    arn,
    place,
    qualifier,
    reserved: now.reserved,
    versions: known,
    population: everywhere.length,
    blastRadius: { ...blast, gaps: [...gaps, ...blast.gaps] },
  };
}

/**
 * For a change that AWS makes of a whole function. Throws `CallFailure` when an alias or version was named: what
 * else it would reach is not what was said.
 */
export function wholeFunction({ name, qualifier, place }: TargetFunction, mention: string): void {
  if (qualifier === undefined) return;
  const { account, region } = place;
  throw untouched(
    'close_match',
    `AWS changes this for all of ${name}, not for ${qualifier} alone; did you mean ${name}?`,
    {
      mention,
      candidates: [{ id: name, name, kind: 'function', account: account.name, region }],
    },
  );
}

/** `checkout:live`, or an ARN that ends in an alias; a function's own name has no colon. */
function unqualified(mention: string): { name: string; qualifier: string | undefined } {
  const parts = mention.trim().split(':');
  const own = parts[0] === 'arn' ? 7 : 1;
  return { name: parts.slice(0, own).join(':'), qualifier: parts.slice(own).join(':') || undefined };
}

function nameable(one: FunctionConfiguration, { account, region }: Place) {
  const name = one.FunctionName ?? '';
  const arn = one.FunctionArn ?? functionArn(region, account.number() ?? '', name);
  return { kind: 'function', id: name, name, arn, account: account.name, region };
}

/** Who invokes it: what X-Ray saw, the queues and streams behind it, and whom its policies let in. */
async function readBlastRadius(
  cloud: Cloud,
  place: Place,
  name: string,
  { aliases }: Versions,
): Promise<BlastRadius> {
  const [surroundings, invokers] = await Promise.all([
    readSurroundings(cloud, place),
    invokersOf(
      cloud,
      place,
      name,
      aliases.map((one) => one.name),
    ),
  ]);
  const traced = blastRadiusOf([{ id: name, name }], surroundings, 'calls_it');
  return {
    affected: withoutRepeats([
      ...traced.affected,
      ...invokers.callers.map((caller) => ({ ...caller, how: 'calls_it' as const })),
    ]),
    gaps: [...traced.gaps, ...invokers.coverage.gaps],
  };
}

/** X-Ray and a policy may both tell of one caller. */
function withoutRepeats(all: BlastRadius['affected']): BlastRadius['affected'] {
  return all.filter(
    (one, at) => all.findIndex((other) => other.id === one.id || other.name === one.name) === at,
  );
}
