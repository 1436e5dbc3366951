import type {
  DescribeInstanceTypesCommandInput,
  DescribeRegionsCommandInput,
  InstanceTypeInfo,
} from '@aws-sdk/client-ec2';
import { read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { DEFAULT_REGIONS } from '../../wire/regions.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { INSTANCE_TYPES, type InstanceSize } from '../../world/instance-types.ts';

export const describeRegions = read((input: DescribeRegionsCommandInput, { world }) => {
  const names = [...new Set([...DEFAULT_REGIONS, ...world.file.regions])].sort();
  const wanted = input.RegionNames ?? [];
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Refusal('InvalidParameterValue', `Invalid region names: [${unknown}]`);
  }
  return {
    Regions: names
      .filter((name) => wanted.length === 0 || wanted.includes(name))
      .map((name) => ({
        RegionName: name,
        Endpoint: `ec2.${name}.amazonaws.com`,
        OptInStatus: 'opt-in-not-required',
      })),
  };
});

const PAGE_SIZE = 100;

export const describeInstanceTypes = read((input: DescribeInstanceTypesCommandInput) => {
  const wanted = input.InstanceTypes ?? [];
  const unknown = wanted.filter((type) => !INSTANCE_TYPES.has(type));
  if (unknown.length > 0) {
    throw new Refusal(
      'InvalidInstanceType',
      `The following supplied instance types do not exist: [${unknown.join(', ')}]`,
    );
  }
  const types = [...INSTANCE_TYPES]
    .filter(([type]) => wanted.length === 0 || (wanted as string[]).includes(type))
    .map(([type, size]) => typeShape(type, size));
  const { items, next } = page(types, {
    size: input.MaxResults ?? PAGE_SIZE,
    token: input.NextToken,
    question: questionOf(input, 'NextToken', 'MaxResults'),
    badToken: 'InvalidNextToken',
  });
  return { InstanceTypes: items, ...(next !== undefined && { NextToken: next }) };
});

function typeShape(type: string, size: InstanceSize): InstanceTypeInfo {
  return {
    InstanceType: type as InstanceTypeInfo['InstanceType'],
    CurrentGeneration: true,
    BurstablePerformanceSupported: type.startsWith('t'),
    VCpuInfo: { DefaultVCpus: size.vcpus },
    MemoryInfo: { SizeInMiB: size.memoryMib },
    ProcessorInfo: { SupportedArchitectures: [size.architecture] },
  };
}
