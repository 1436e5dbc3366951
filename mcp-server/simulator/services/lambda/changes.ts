import type {
  DeleteFunctionConcurrencyCommandInput,
  PublishVersionCommandInput,
  PutFunctionConcurrencyCommandInput,
  UpdateAliasCommandInput,
  UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { type Call, change, type NewEntry, type Operations } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import type { LambdaFunction, PublishedVersion } from '../../world/functions.ts';
import { missing, published, requireFunction } from './find.ts';
import { KEPT_UNRESERVED, unreserved } from './reads.ts';
import {
  aliasRevision,
  aliasShape,
  arnOf,
  configurationOf,
  isUpdating,
  LATEST,
  latestOf,
  revisionOf,
} from './shapes.ts';

/** CloudTrail's names for these requests carry the version of the API. */
function entryOf(
  one: LambdaFunction,
  event: string,
  parameters: object,
  effect: NewEntry['effect'],
): NewEntry {
  return {
    source: 'lambda.amazonaws.com',
    event,
    parameters: { functionName: one.name, ...parameters },
    resources: [{ type: 'AWS::Lambda::Function', name: one.name }],
    effect,
  };
}

const updateFunctionConfiguration = change((input: UpdateFunctionConfigurationCommandInput, call) => {
  const { one, qualifier } = requireFunction(input.FunctionName, call);
  refuseQualified(qualifier);
  refuseBusy(one, call);
  refuseStale(input.RevisionId, revisionOf(one, call));
  const { MemorySize: memory, Timeout: timeout, Description: description } = input;
  refuseOutside('memorySize', memory, 128, 10_240);
  refuseOutside('timeout', timeout, 1, 900);
  const environment = input.Environment?.Variables;
  const settings = {
    ...(memory === undefined ? {} : { memory }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(description === undefined ? {} : { description }),
    ...(environment === undefined ? {} : { environment }),
  };
  const { at: _, ...before } = latestOf(one, call.now);
  const after: LambdaFunction = { ...one, latest: [...one.latest, { ...before, ...settings, at: call.now }] };
  return {
    output: configurationOf(after, call),
    entry: entryOf(
      one,
      'UpdateFunctionConfiguration20150331v2',
      { memorySize: memory, timeout, description },
      { kind: 'configure_function', function: one.name, ...settings },
    ),
  };
});

const publishVersion = change((input: PublishVersionCommandInput, call) => {
  const { one } = requireFunction(input.FunctionName, call);
  refuseBusy(one, call);
  refuseStale(input.RevisionId, revisionOf(one, call));
  const { CodeSha256 } = configurationOf(one, call);
  if (input.CodeSha256 !== undefined && input.CodeSha256 !== CodeSha256) {
    throw new Refusal(
      'InvalidParameterValueException',
      `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  const version = String(Number(one.published.at(-1)?.version ?? 0) + 1);
  const made: PublishedVersion = { ...latestOf(one, call.now), version, at: call.now };
  return {
    output: configurationOf(one, call, made),
    entry: entryOf(
      one,
      'PublishVersion20150331',
      { codeSha256: input.CodeSha256 },
      { kind: 'publish_version', function: one.name, version },
    ),
  };
});

const updateAlias = change((input: UpdateAliasCommandInput, call) => {
  const { one } = requireFunction(input.FunctionName, call);
  const alias = one.aliases.find(({ name }) => name === input.Name);
  if (alias === undefined) {
    throw new Refusal(
      'ResourceNotFoundException',
      `Cannot find alias arn: ${arnOf(one, call, input.Name)}`,
      404,
    );
  }
  refuseStale(input.RevisionId, aliasRevision(one, alias, call.now));
  const before = aliasShape(one, alias, call);
  const version = input.FunctionVersion ?? before.FunctionVersion ?? LATEST;
  const split =
    input.RoutingConfig?.AdditionalVersionWeights ?? before.RoutingConfig?.AdditionalVersionWeights ?? {};
  for (const wanted of [version, ...Object.keys(split)]) {
    const known = wanted === LATEST || published(one, call).some((each) => each.version === wanted);
    if (!known) throw missing(one, wanted, call);
  }
  const moved = { ...alias, moves: [...alias.moves, { at: call.now, version, split }] };
  return {
    output: aliasShape(one, moved, call),
    entry: entryOf(
      one,
      'UpdateAlias20150331',
      { name: alias.name, functionVersion: version, routingConfig: { additionalVersionWeights: split } },
      { kind: 'move_alias', function: one.name, alias: alias.name, version, split },
    ),
  };
});

const putFunctionConcurrency = change((input: PutFunctionConcurrencyCommandInput, call) => {
  const { one } = requireFunction(input.FunctionName, call);
  const value = input.ReservedConcurrentExecutions ?? Number.NaN;
  if (!Number.isInteger(value) || value < 0) {
    throw new Refusal(
      'InvalidParameterValueException',
      `The concurrency ${value} is not a whole number from 0.`,
    );
  }
  if (unreserved(call, one) - value < KEPT_UNRESERVED) {
    throw new Refusal(
      'InvalidParameterValueException',
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${KEPT_UNRESERVED}].`,
    );
  }
  return {
    output: { ReservedConcurrentExecutions: value },
    entry: entryOf(
      one,
      'PutFunctionConcurrency20171031',
      { reservedConcurrentExecutions: value },
      { kind: 'reserve_concurrency', function: one.name, value },
    ),
  };
});

const deleteFunctionConcurrency = change((input: DeleteFunctionConcurrencyCommandInput, call) => {
  const { one } = requireFunction(input.FunctionName, call);
  return {
    output: {},
    entry: entryOf(
      one,
      'DeleteFunctionConcurrency20171031',
      {},
      { kind: 'reserve_concurrency', function: one.name, value: null },
    ),
  };
});

function refuseQualified(qualifier: string | undefined): void {
  if (qualifier === undefined || qualifier === LATEST) return;
  throw new Refusal(
    'InvalidParameterValueException',
    'The derived qualifier from the function name does not match the specified qualifier.',
  );
}

function refuseBusy(one: LambdaFunction, call: Call): void {
  if (!isUpdating(one, call)) return;
  throw new Refusal(
    'ResourceConflictException',
    `The operation cannot be performed at this time. An update is in progress for resource: ${arnOf(one, call)}`,
    409,
  );
}

function refuseStale(given: string | undefined, current: string): void {
  if (given === undefined || given === current) return;
  throw new Refusal(
    'PreconditionFailedException',
    'The RevisionId provided does not match the latest RevisionId. Call the GetFunction or the GetAlias API to retrieve the latest RevisionId.',
    412,
  );
}

function refuseOutside(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw new Refusal(
    'InvalidParameterValueException',
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must have value ${bound}`,
  );
}

export const LAMBDA_CHANGES: Operations = {
  UpdateFunctionConfiguration: updateFunctionConfiguration,
  PublishVersion: publishVersion,
  UpdateAlias: updateAlias,
  PutFunctionConcurrency: putFunctionConcurrency,
  DeleteFunctionConcurrency: deleteFunctionConcurrency,
};
