import { z } from 'zod';
import { place, resultWith, untrusted } from '../call.ts';
import { changesMade } from './changes-made.ts';
import { toolContract } from './tool-contract.ts';

export const scalingGroupRow = z.strictObject({
  name: untrusted,
  arn: z.string().optional(),
  min: z.int(),
  max: z.int(),
  desired: z.int(),
  instances: z.array(z.strictObject({ id: z.string(), state: z.string(), health: z.string() })),
  region: z.string(),
  account: z.string(),
});

export const listAutoScalingGroups = toolContract({
  name: 'list_auto_scaling_groups',
  title: 'List Auto Scaling groups',
  description: 'Auto Scaling groups with their limits, wanted and actual size.',
  input: z.strictObject({ ...place }),
  output: resultWith({ groups: z.array(scalingGroupRow) }),
});

export const setDesiredCapacity = toolContract({
  name: 'set_desired_capacity',
  title: 'Set desired capacity',
  description:
    "Sets a group's desired size. Up within its maximum is a change, anything else destructive; needs a grant.",
  input: z.strictObject({
    group: z.string().min(1).describe('an Auto Scaling group name or ARN'),
    desired: z.int().min(0).max(10_000).describe('instances, within its minimum and maximum'),
    ...place,
  }),
  output: changesMade,
});
