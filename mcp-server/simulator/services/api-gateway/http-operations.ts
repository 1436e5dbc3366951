import type { Api, GetApisCommandInput, GetStagesCommandInput } from '@aws-sdk/client-apigatewayv2';
import { type Call, type Operations, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { type ApiEntry, apiId } from '../../world/api-ids.ts';
import { apisIn, datesOf, deploymentOf } from './apis.ts';

const A_PAGE = 25;
const MOST_A_PAGE = 500;
const TYPES = ['HTTP', 'WEBSOCKET'] as const;

const getApis = read((input: GetApisCommandInput, call) => {
  const { items, next } = page(apisIn(call, TYPES), {
    size: Math.min(Number(input.MaxResults ?? A_PAGE), MOST_A_PAGE),
    token: input.NextToken,
    question: questionOf(input, 'NextToken', 'MaxResults'),
    badToken: 'BadRequestException',
  });
  return { Items: items.map((one) => shape(one, call)), ...(next !== undefined && { NextToken: next }) };
});

function shape(one: ApiEntry, call: Call): Api {
  const id = apiId(one, call.account);
  const scheme = one.type === 'WEBSOCKET' ? 'wss' : 'https';
  return {
    ApiId: id,
    Name: one.name,
    ProtocolType: one.type === 'WEBSOCKET' ? 'WEBSOCKET' : 'HTTP',
    RouteSelectionExpression:
      one.type === 'WEBSOCKET' ? '$request.body.action' : '$request.method $request.path',
    ApiEndpoint: `${scheme}://${id}.execute-api.${call.region}.amazonaws.com`,
    CreatedDate: datesOf(one, call).created,
    ...(one.tags ? { Tags: { ...one.tags } } : {}),
  };
}

const getStages = read((input: GetStagesCommandInput, call) => {
  const one = apisIn(call, TYPES).find((each) => apiId(each, call.account) === input.ApiId);
  if (one === undefined) throw new Refusal('NotFoundException', 'Invalid API identifier specified', 404);
  const { created, deployed } = datesOf(one, call);
  return {
    Items: [
      {
        StageName: one.stage ?? '$default',
        DeploymentId: deploymentOf(one),
        CreatedDate: created,
        LastUpdatedDate: deployed,
        AutoDeploy: one.stage === undefined,
      },
    ],
  };
});

export const API_GATEWAY_V2: Operations = { GetApis: getApis, GetStages: getStages };
