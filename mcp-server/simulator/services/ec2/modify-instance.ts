import type { ModifyInstanceAttributeCommandInput } from '@aws-sdk/client-ec2';
import { change } from '../../wire/operation.ts';
import { NotSimulated, Refusal } from '../../wire/service-exception.ts';
import { ALLOWED_STATES, stateAt } from '../../world/instance-life.ts';
import { INSTANCE_TYPES } from '../../world/instance-types.ts';
import { endDryRun } from './change-state.ts';
import { knownInstances } from './instance-ids.ts';

/** Only the type can be modified here. */
export const modifyInstanceAttribute = change((input: ModifyInstanceAttributeCommandInput, call) => {
  const [instance] = knownInstances([input.InstanceId ?? ''], call);
  const type = input.InstanceType?.Value ?? (input.Attribute === 'instanceType' ? input.Value : undefined);
  if (instance === undefined || type === undefined) {
    throw new NotSimulated(
      'ec2',
      'ModifyInstanceAttribute',
      'changes of any attribute but the instance type',
    );
  }
  if (!INSTANCE_TYPES.has(type)) {
    throw new Refusal('InvalidInstanceAttributeValue', `Invalid value '${type}' for InstanceType.`);
  }
  const state = stateAt(instance.life, call.now);
  if (state === undefined || !(ALLOWED_STATES.resize as readonly string[]).includes(state)) {
    throw new Refusal(
      'IncorrectInstanceState',
      `The instance '${instance.id}' is not in the 'stopped' state.`,
    );
  }
  endDryRun(input);
  return {
    output: {},
    entry: {
      source: 'ec2.amazonaws.com',
      parameters: { instanceId: instance.id, instanceType: { value: type } },
      resources: [{ type: 'AWS::EC2::Instance', name: instance.id }],
      effect: { kind: 'resize', instance: instance.id, type },
    },
  };
});
