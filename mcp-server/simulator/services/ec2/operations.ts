import type { Operations } from '../../wire/operation.ts';
import { rebootInstances, startInstances, stopInstances, terminateInstances } from './change-state.ts';
import { getConsoleOutput } from './console-output.ts';
import { describeInstances } from './describe-instances.ts';
import { describeInstanceStatus } from './describe-status.ts';
import { modifyInstanceAttribute } from './modify-instance.ts';
import { describeInstanceTypes, describeRegions } from './offerings.ts';
import { describeVolumes, describeVolumesModifications, modifyVolume } from './volume-operations.ts';

export const EC2: Operations = {
  DescribeInstances: describeInstances,
  DescribeInstanceStatus: describeInstanceStatus,
  StartInstances: startInstances,
  StopInstances: stopInstances,
  RebootInstances: rebootInstances,
  TerminateInstances: terminateInstances,
  ModifyInstanceAttribute: modifyInstanceAttribute,
  DescribeVolumes: describeVolumes,
  ModifyVolume: modifyVolume,
  DescribeVolumesModifications: describeVolumesModifications,
  GetConsoleOutput: getConsoleOutput,
  DescribeRegions: describeRegions,
  DescribeInstanceTypes: describeInstanceTypes,
};
