import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { readLogGroups } from '../cloud/log-groups.ts';
import { joined, lookBeside } from '../cloud/look.ts';
import { createNameIndex } from '../cloud/name-matching.ts';
import { mentionFailure } from '../cloud/resolve.ts';
import type { LogGroupRow } from '../contract/catalogue/logs.ts';
import type { Coverage } from '../contract/coverage.ts';

/** A log group in each region that has it. `row` is null where its size could not be looked up. */
export type LogTarget = {
  name: string;
  matched: 'exact' | 'close';
  places: { place: Place; row: LogGroupRow | null }[];
  coverage: Coverage;
};

const LOOK = { what: 'log groups', action: 'logs:DescribeLogGroups' };
/** Groups compared with a name that is none: enough to find what was meant. */
const CANDIDATE_PAGES = 10;
const ARN = /^arn:[^:]+:logs:[^:]*:\d*:log-group:(.+?)(:\*)?$/;

/**
 * The log group a mention means: its name or ARN, or the name of a function for `/aws/lambda/NAME`. Of names
 * that come close a read takes the only one. Throws `CallFailure` with the candidates otherwise. Where groups
 * cannot be listed, the name is taken as it was said.
 */
export async function logTarget(cloud: Cloud, mention: string, places: readonly Place[]): Promise<LogTarget> {
  const name = ARN.exec(mention)?.[1] ?? mention;
  for (const spelling of name.includes('/') ? [name] : [name, `/aws/lambda/${name}`]) {
    const { rows, coverage, blind } = await namedExactly(cloud, spelling, places);
    const held = rows.map(({ place, row }) => ({ place, row }));
    if (held.length > 0) return { name: spelling, matched: 'exact', places: held, coverage };
    if (blind.length === places.length) {
      return {
        name: mention.includes('/') ? name : spelling,
        matched: 'exact',
        places: blind.map((place) => ({ place, row: null })),
        coverage,
      };
    }
  }
  return nearest(cloud, name, places);
}

async function namedExactly(cloud: Cloud, name: string, places: readonly Place[]) {
  const looks = await Promise.all(
    places.map(async (place) => ({
      place,
      // The name itself sorts before all others that begin with it: the first page has it.
      ...(await lookBeside(cloud, place, LOOK, () => readLogGroups(cloud, place, { prefix: name }, 1))),
    })),
  );
  return {
    rows: looks.flatMap(({ place, value }) =>
      (value?.groups ?? []).filter((row) => row.name === name).map((row) => ({ place, row })),
    ),
    blind: looks.filter(({ value }) => value === null).map(({ place }) => place),
    coverage: joined(...looks.map((look) => look.coverage)),
  };
}

async function nearest(cloud: Cloud, mention: string, places: readonly Place[]): Promise<LogTarget> {
  const looks = await Promise.all(
    places.map(async (place) => ({
      place,
      ...(await lookBeside(cloud, place, LOOK, () => readLogGroups(cloud, place, {}, CANDIDATE_PAGES))),
    })),
  );
  const named = looks.flatMap(({ place, value }) =>
    (value?.groups ?? []).map((row) => ({
      ...row,
      id: row.name,
      kind: 'log_group',
      place,
      row,
    })),
  );
  const coverage = joined(...looks.map((look) => look.coverage));
  // A group of one name in several regions is one group to whoever names it.
  const distinct = [...new Map(named.map((one) => [one.name, one])).values()];
  const match = createNameIndex(distinct)(mention);
  if (match.kind !== 'exact' && match.kind !== 'close') throw mentionFailure(mention, match, coverage);
  const { name } = match.found;
  return {
    name,
    matched: match.kind,
    places: named.filter((one) => one.name === name).map(({ place, row }) => ({ place, row })),
    coverage,
  };
}
