import type { GetRestApisCommandInput, GetStagesCommandInput, RestApi } from '@aws-sdk/client-api-gateway';
import { type Call, type Operations, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { type ApiEntry, apiId } from '../../world/api-ids.ts';
import { apisIn, datesOf, deploymentOf } from './apis.ts';

const A_PAGE = 25;
const MOST_A_PAGE = 500;

const getRestApis = read((input: GetRestApisCommandInput, call) => {
  const { items, next } = page(apisIn(call, ['REST']), {
    size: Math.min(input.limit ?? A_PAGE, MOST_A_PAGE),
    token: input.position,
    question: questionOf(input, 'position', 'limit'),
    badToken: 'BadRequestException',
  });
  return { items: items.map((one) => shape(one, call)), ...(next !== undefined && { position: next }) };
});

function shape(one: ApiEntry, call: Call): RestApi {
  return {
    id: apiId(one, call.account),
    name: one.name,
    createdDate: datesOf(one, call).created,
    apiKeySource: 'HEADER',
    endpointConfiguration: { types: ['REGIONAL'] },
    ...(one.tags ? { tags: { ...one.tags } } : {}),
    disableExecuteApiEndpoint: false,
  };
}

const getStages = read((input: GetStagesCommandInput, call) => {
  const one = apisIn(call, ['REST']).find((each) => apiId(each, call.account) === input.restApiId);
  if (one === undefined) {
    throw new Refusal('NotFoundException', 'Invalid API identifier specified', 404);
  }
  if (one.stage === undefined) return { item: [] };
  const { created, deployed } = datesOf(one, call);
  return {
    item: [
      {
        stageName: one.stage,
        deploymentId: deploymentOf(one),
        createdDate: created,
        lastUpdatedDate: deployed,
        tracingEnabled: true,
      },
    ],
  };
});

export const API_GATEWAY: Operations = { GetRestApis: getRestApis, GetStages: getStages };
