import type {
  DescribeDBClusterParametersCommandInput,
  DescribeDBParametersCommandInput,
  ModifyDBClusterParameterGroupCommandInput,
  ModifyDBParameterGroupCommandInput,
  Parameter,
} from '@aws-sdk/client-rds';
import { type Call, type Change, change, read } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import {
  type Group,
  type GroupScope,
  parameterGroups,
  parametersOf,
} from '../../world/database-parameters.ts';
import { paged } from './paging.ts';

function requireGroup(name: string | undefined, scope: GroupScope, { world, region }: Call): Group {
  const found = parameterGroups(world, region).find((one) => one.scope === scope && one.name === name);
  if (found !== undefined) return found;
  throw new Refusal('DBParameterGroupNotFoundFault', `DBParameterGroup ${name} not found.`, 404);
}

export const describeDBParameters = read((input: DescribeDBParametersCommandInput, call) =>
  parameterPage(requireGroup(input.DBParameterGroupName, 'database', call), input, call),
);

export const describeDBClusterParameters = read((input: DescribeDBClusterParametersCommandInput, call) =>
  parameterPage(requireGroup(input.DBClusterParameterGroupName, 'cluster', call), input, call),
);

function parameterPage(
  group: Group,
  input: DescribeDBParametersCommandInput | DescribeDBClusterParametersCommandInput,
  { world, now }: Call,
) {
  const found = parametersOf(world, group, now).filter(
    (one) => input.Source === undefined || one.source === input.Source,
  );
  const { items, next } = paged(found, input);
  return {
    Parameters: items.map(
      (one): Parameter => ({
        ParameterName: one.name,
        ...(one.value !== undefined && { ParameterValue: one.value }),
        Source: one.source,
        ApplyType: one.apply,
        ApplyMethod: one.apply === 'static' ? 'pending-reboot' : 'immediate',
        DataType: one.type,
        ...(one.allowed !== undefined && { AllowedValues: one.allowed }),
        IsModifiable: one.fixed !== true,
      }),
    ),
    ...(next !== undefined && { Marker: next }),
  };
}

export const modifyDBParameterGroup = change((input: ModifyDBParameterGroupCommandInput, call) => {
  const group = requireGroup(input.DBParameterGroupName, 'database', call);
  return changed(group, input.Parameters ?? [], call, {
    parameters: { dBParameterGroupName: group.name },
    output: { DBParameterGroupName: group.name },
    type: 'AWS::RDS::DBParameterGroup',
  });
});

export const modifyDBClusterParameterGroup = change(
  (input: ModifyDBClusterParameterGroupCommandInput, call) => {
    const group = requireGroup(input.DBClusterParameterGroupName, 'cluster', call);
    return changed(group, input.Parameters ?? [], call, {
      parameters: { dBClusterParameterGroupName: group.name },
      output: { DBClusterParameterGroupName: group.name },
      type: 'AWS::RDS::DBClusterParameterGroup',
    });
  },
);

function changed(
  group: Group,
  wanted: readonly Parameter[],
  call: Call,
  answer: { parameters: Record<string, string>; output: object; type: string },
): Change<object> {
  if (group.name.startsWith('default.')) {
    throw new Refusal('InvalidParameterValue', 'Cannot modify a default parameter group.');
  }
  const known = parametersOf(call.world, group, call.now);
  for (const { ParameterName: name, ApplyMethod: method } of wanted) {
    const kind = known.find((one) => one.name === name);
    if (kind === undefined) {
      throw new Refusal('InvalidParameterValue', `Could not find parameter with name: ${name}`);
    }
    if (kind.fixed) throw new Refusal('InvalidParameterValue', `The parameter ${name} cannot be modified.`);
    if (kind.apply === 'static' && method === 'immediate') {
      throw new Refusal(
        'InvalidParameterCombination',
        'cannot use immediate apply method for static parameter',
      );
    }
  }
  return {
    output: answer.output,
    entry: {
      source: 'rds.amazonaws.com',
      parameters: {
        ...answer.parameters,
        parameters: wanted.map(({ ParameterName, ParameterValue, ApplyMethod }) => ({
          parameterName: ParameterName,
          parameterValue: ParameterValue,
          applyMethod: ApplyMethod,
        })),
      },
      resources: [{ type: answer.type, name: group.name }],
      effect: {
        kind: 'set_parameters',
        group: group.name,
        values: Object.fromEntries(
          wanted.map(({ ParameterName = '', ParameterValue = '' }) => [ParameterName, ParameterValue]),
        ),
      },
    },
  };
}
