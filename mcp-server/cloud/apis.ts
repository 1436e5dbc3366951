import type { ApiRow } from '../contract/catalogue/apis.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

/** The most AWS gives at a time. */
const PAGE = 500;

/** An API of either kind, in one shape. */
export type Api = Omit<ApiRow, 'stages' | 'region' | 'account'> & { tags: Record<string, string> };
export type ApiStage = NonNullable<ApiRow['stages']>[number];

/** All REST APIs of a place, every page of them. */
export async function readRestApis(cloud: Cloud, { account, region }: Place): Promise<Api[]> {
  const { sdk, client } = await account.connect('apigateway', region, 'read');
  const found: Api[] = [];
  const pages = sdk.paginateGetRestApis({ client, pageSize: PAGE }, {}, { abortSignal: cloud.signal });
  for await (const page of pages) {
    for (const one of page.items ?? []) {
      const [endpoint] = one.endpointConfiguration?.types ?? [];
      found.push({
        id: one.id ?? '',
        name: one.name ?? one.id ?? '',
        type: 'REST',
        ...(endpoint ? { endpoint_type: endpoint } : {}),
        ...(one.description ? { description: one.description } : {}),
        ...(one.createdDate ? { created_at: one.createdDate.toISOString() } : {}),
        tags: one.tags ?? {},
      });
    }
  }
  return found;
}

/** All HTTP and WebSocket APIs of a place, every page of them. */
export async function readHttpApis(cloud: Cloud, { account, region }: Place): Promise<Api[]> {
  const { sdk, client } = await account.connect('apigatewayv2', region, 'read');
  const found: Api[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new sdk.GetApisCommand({ MaxResults: String(PAGE), ...(token ? { NextToken: token } : {}) }),
      { abortSignal: cloud.signal },
    );
    for (const one of page.Items ?? []) {
      found.push({
        id: one.ApiId ?? '',
        name: one.Name ?? one.ApiId ?? '',
        type: one.ProtocolType === 'WEBSOCKET' ? 'WEBSOCKET' : 'HTTP',
        ...(one.Description ? { description: one.Description } : {}),
        ...(one.CreatedDate ? { created_at: one.CreatedDate.toISOString() } : {}),
        tags: one.Tags ?? {},
      });
    }
    token = page.NextToken;
  } while (token);
  return found;
}

/** The stages of one API; a REST API's come in one piece. */
export async function readStages(cloud: Cloud, place: Place, { id, type }: Api): Promise<ApiStage[]> {
  if (type === 'REST') return readRestStages(cloud, place, id);
  const { sdk, client } = await place.account.connect('apigatewayv2', place.region, 'read');
  const found: ApiStage[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new sdk.GetStagesCommand({ ApiId: id, ...(token ? { NextToken: token } : {}) }),
      { abortSignal: cloud.signal },
    );
    found.push(
      ...(page.Items ?? []).map((one) =>
        stageOf({ name: one.StageName, deployment: one.DeploymentId, updated: one.LastUpdatedDate }),
      ),
    );
    token = page.NextToken;
  } while (token);
  return found;
}

async function readRestStages(cloud: Cloud, { account, region }: Place, id: string): Promise<ApiStage[]> {
  const { sdk, client } = await account.connect('apigateway', region, 'read');
  const { item = [] } = await client.send(new sdk.GetStagesCommand({ restApiId: id }), {
    abortSignal: cloud.signal,
  });
  return item.map((one) =>
    stageOf({ name: one.stageName, deployment: one.deploymentId, updated: one.lastUpdatedDate }),
  );
}

function stageOf(of: {
  name: string | undefined;
  deployment: string | undefined;
  updated: Date | undefined;
}): ApiStage {
  return {
    name: of.name ?? '',
    ...(of.deployment ? { deployment: of.deployment } : {}),
    ...(of.updated ? { last_updated: of.updated.toISOString() } : {}),
  };
}
