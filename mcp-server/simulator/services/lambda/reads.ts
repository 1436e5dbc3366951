import type {
  GetAccountSettingsCommandInput,
  GetFunctionCommandInput,
  GetFunctionConfigurationCommandInput,
  GetPolicyCommandInput,
  ListAliasesCommandInput,
  ListEventSourceMappingsCommandInput,
  ListFunctionsCommandInput,
  ListVersionsByFunctionCommandInput,
} from '@aws-sdk/client-lambda';
import { type Call, type Operations, read } from '../../wire/operation.ts';
import { page } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { apiId } from '../../world/api-ids.ts';
import { type LambdaFunction, lastAt } from '../../world/functions.ts';
import { resolveReference } from '../../world/references.ts';
import { functionsIn, published, requireFunction, requireVersion } from './find.ts';
import { aliasShape, arnOf, configurationOf } from './shapes.ts';

/** Lambda gives no more, whatever it is asked for. */
const MOST_A_PAGE = 50;

/** An account's concurrency unless AWS was asked for more, and what of it cannot be reserved. */
const ACCOUNT_CONCURRENCY = 1_000;
export const KEPT_UNRESERVED = 100;

type Paged = { Marker?: string | undefined; MaxItems?: number | undefined };

function cut<T>(all: readonly T[], { Marker, MaxItems }: Paged, of: string): { items: T[]; more: object } {
  const { items, next } = page(all, {
    size: Math.min(MaxItems ?? MOST_A_PAGE, MOST_A_PAGE),
    token: Marker,
    question: { of },
    badToken: 'InvalidParameterValueException',
  });
  return { items, more: next === undefined ? {} : { NextMarker: next } };
}

const listFunctions = read((input: ListFunctionsCommandInput, call) => {
  const { items, more } = cut(functionsIn(call), input, 'functions');
  return {
    Functions: items.map((one) => {
      // A list tells nothing of states.
      const { State: _, LastUpdateStatus: __, ...listed } = configurationOf(one, call);
      return listed;
    }),
    ...more,
  };
});

const getFunction = read((input: GetFunctionCommandInput, call) => {
  const { one, qualifier } = requireFunction(input.FunctionName, call);
  const reserved = lastAt(one.reserved, call.now)?.value ?? null;
  return {
    Configuration: configurationOf(one, call, requireVersion(one, input.Qualifier ?? qualifier, call)),
    ...(reserved === null ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
    ...(one.entry.tags ? { Tags: { ...one.entry.tags } } : {}),
  };
});

const getFunctionConfiguration = read((input: GetFunctionConfigurationCommandInput, call) => {
  const { one, qualifier } = requireFunction(input.FunctionName, call);
  return configurationOf(one, call, requireVersion(one, input.Qualifier ?? qualifier, call));
});

const listAliases = read((input: ListAliasesCommandInput, call) => {
  const { one } = requireFunction(input.FunctionName, call);
  const { items, more } = cut(one.aliases, input, `aliases of ${one.name}`);
  return { Aliases: items.map((alias) => aliasShape(one, alias, call)), ...more };
});

const listVersions = read((input: ListVersionsByFunctionCommandInput, call) => {
  const { one } = requireFunction(input.FunctionName, call);
  const all = [null, ...published(one, call)];
  const { items, more } = cut(all, input, `versions of ${one.name}`);
  return { Versions: items.map((version) => configurationOf(one, call, version)), ...more };
});

const getAccountSettings = read((_input: GetAccountSettingsCommandInput, call) => ({
  AccountLimit: {
    ConcurrentExecutions: ACCOUNT_CONCURRENCY,
    UnreservedConcurrentExecutions: unreserved(call),
  },
  AccountUsage: { FunctionCount: functionsIn(call).length },
}));

/** What functions without a reservation share. */
export function unreserved(call: Call, except?: LambdaFunction): number {
  const reserved = functionsIn(call)
    .filter((one) => one !== except)
    .map((one) => lastAt(one.reserved, call.now)?.value ?? 0);
  return ACCOUNT_CONCURRENCY - reserved.reduce((sum, value) => sum + value, 0);
}

/** No queue or stream is in the account file: nothing polls for a function. */
const listEventSourceMappings = read((input: ListEventSourceMappingsCommandInput, call) => {
  if (input.FunctionName !== undefined) requireFunction(input.FunctionName, call);
  return { EventSourceMappings: [] };
});

const getPolicy = read((input: GetPolicyCommandInput, call) => {
  const { one, qualifier = input.Qualifier } = requireFunction(input.FunctionName, call);
  requireVersion(one, qualifier, call);
  const apis = apisInFront(one, call);
  // Whoever calls a function by its alias is let in there.
  const here = qualifier === undefined ? one.aliases.length === 0 : one.aliases[0]?.name === qualifier;
  if (apis.length === 0 || !here) {
    throw new Refusal('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
  }
  return { Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: apis }) };
});

function apisInFront(one: LambdaFunction, call: Call): object[] {
  const callers = call.world.file.dependencies.filter(({ to }) => to === one.name);
  return callers.flatMap(({ from }) => {
    const { kind, name } = resolveReference(call.world, from);
    const api = kind === 'api' ? call.world.file.apis.find((each) => each.name === name) : undefined;
    if (api === undefined) return [];
    const arn = `arn:aws:execute-api:${call.region}:${call.account}:${apiId(api, call.account)}/*/*`;
    return [
      {
        Sid: `invoked-by-${name}`,
        Effect: 'Allow',
        Principal: { Service: 'apigateway.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: arnOf(one, call, one.aliases[0]?.name),
        Condition: { ArnLike: { 'AWS:SourceArn': arn } },
      },
    ];
  });
}

export const LAMBDA_READS: Operations = {
  ListFunctions: listFunctions,
  GetFunction: getFunction,
  GetFunctionConfiguration: getFunctionConfiguration,
  ListAliases: listAliases,
  ListVersionsByFunction: listVersions,
  GetAccountSettings: getAccountSettings,
  ListEventSourceMappings: listEventSourceMappings,
  GetPolicy: getPolicy,
};
