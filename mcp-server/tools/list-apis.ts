import type { Place } from '../cloud/account.ts';
import { type Api, readHttpApis, readRestApis, readStages } from '../cloud/apis.ts';
import { CallFailure } from '../cloud/call-failure.ts';
import type { Cloud, Places } from '../cloud/cloud.ts';
import { createLimit } from '../cloud/limit.ts';
import { joined, lookBeside, lookEverywhere } from '../cloud/look.ts';
import { type ApiRow, listApis } from '../contract/catalogue/apis.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import { type Coverage, GAP_REASONS } from '../contract/coverage.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { listText, plural } from './list-text.ts';
import type { ReadTool } from './tool.ts';

/** APIs of a region whose stages are read. API Gateway answers ten requests a second, for the whole account. */
const MOST_STAGES = 50;
const AT_ONCE = 4;

/** A policy names both kinds of API by the same action. */
const ACTION = 'apigateway:GET';

export const listApisTool: ReadTool<ToolInput<'list_apis'>, ToolOutput<'list_apis'>> = {
  kind: 'read',
  contract: listApis,
  async run(input, cloud) {
    const places = await cloud.places(input);
    const { found, coverage } = await bothKinds(cloud, places);
    const looks = await Promise.all(found.map(({ place, value }) => withStages(cloud, place, value)));
    const apis = looks.flatMap((look) => look.rows).sort((a, b) => a.name.localeCompare(b.name));
    const heading = apis.length === 0 ? 'No APIs.' : `${plural(apis.length, 'API')}.`;
    return {
      findings: { apis, coverage: joined(coverage, ...looks.map((look) => look.coverage)) },
      text: listText(heading, apis.map(line)),
      cli: places.open.flatMap((place) => [
        awsLine(place, 'apigateway', 'get-rest-apis'),
        awsLine(place, 'apigatewayv2', 'get-apis'),
      ]),
      console: consolePage(places.open[0], 'apigateway', '/apis'),
    };
  },
};

type Sight = { found: { place: Place; value: Api[] }[]; coverage: Coverage };

/** The two kinds are two services behind one name: what one does not tell is a gap, as long as the other does. */
async function bothKinds(cloud: Cloud, places: Places): Promise<Sight> {
  const kinds = [
    { what: 'REST APIs', read: readRestApis, places },
    // What could not be opened is told once.
    { what: 'HTTP and WebSocket APIs', read: readHttpApis, places: { ...places, gaps: [] } },
  ];
  const looks = await Promise.allSettled(
    kinds.map(({ what, read, places: where }) =>
      lookEverywhere(cloud, where, { what, action: ACTION }, (place) => read(cloud, place)),
    ),
  );
  const seen = looks.flatMap((look) => (look.status === 'fulfilled' ? [look.value] : []));
  const failures = looks.flatMap((look, index): Coverage[] => {
    if (look.status === 'fulfilled') return [];
    if (seen.length === 0 || !(look.reason instanceof CallFailure)) throw look.reason;
    const { code, message } = look.reason.failure;
    const why = GAP_REASONS.find((reason) => reason === code) ?? 'no_data';
    return [{ looked_at: [], gaps: [{ what: kinds[index]?.what ?? '', why, detail: message }] }];
  });
  return {
    found: seen.flatMap(({ found }) => found),
    coverage: joined(...seen.map(({ coverage }) => coverage), ...failures),
  };
}

async function withStages(
  cloud: Cloud,
  place: Place,
  apis: Api[],
): Promise<{ rows: ApiRow[]; coverage: Coverage }> {
  const limit = createLimit(AT_ONCE);
  const looked = apis.slice(0, MOST_STAGES);
  const seen = await Promise.all(
    looked.map((api) =>
      limit(
        () =>
          lookBeside(cloud, place, { what: `stages of ${api.name}`, action: ACTION }, () =>
            readStages(cloud, place, api),
          ),
        cloud.signal,
      ),
    ),
  );
  return {
    rows: apis.map(({ tags: _, ...api }, index) => ({
      ...api,
      stages: seen[index]?.value ?? null,
      region: place.region,
      account: place.account.name,
    })),
    coverage: joined(
      ...seen.map(({ coverage }) => coverage),
      ...(apis.length > looked.length ? [cutShort(place, looked.length, apis.length)] : []),
    ),
  };
}

function cutShort({ account, region }: Place, read: number, all: number): Coverage {
  const detail = `${region} has ${all} APIs; the stages of the first ${read} were read.`;
  return {
    looked_at: [],
    gaps: [{ what: 'stages of APIs', why: 'truncated', detail, account: account.name, region }],
  };
}

function line({ name, id, type, stages }: ApiRow): string {
  const named =
    stages === null ? 'stages not read' : `stages: ${stages.map((one) => one.name).join(', ') || 'none'}`;
  return `${name} (${id})  ${type}, ${named}`;
}
