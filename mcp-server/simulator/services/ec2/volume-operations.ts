import type {
  DescribeVolumesCommandInput,
  DescribeVolumesModificationsCommandInput,
  Volume as Ec2Volume,
  ModifyVolumeCommandInput,
  VolumeModification,
} from '@aws-sdk/client-ec2';
import { type Call, change, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { NotSimulated, Refusal } from '../../wire/service-exception.ts';
import { stateAt } from '../../world/instance-life.ts';
import {
  GROWTH_REST_MS,
  type Growth,
  growthStage,
  growthsOf,
  sizeAt,
  type Volume,
  volumesIn,
} from '../../world/volumes.ts';
import { endDryRun } from './change-state.ts';
import { launchTime } from './instance-shape.ts';

const PAGE_SIZE = 500;

function knownVolumes(ids: readonly string[] | undefined, call: Call): Volume[] {
  // A root volume goes with its instance.
  const existing = volumesIn(call.world, call.region).filter(
    (one) => stateAt(one.instance.life, call.now) !== 'terminated',
  );
  if (ids === undefined || ids.length === 0) return existing;
  return ids.map((id) => {
    const volume = existing.find((one) => one.id === id);
    if (volume === undefined && !/^vol-[0-9a-f]{8,17}$/.test(id)) {
      throw new Refusal('InvalidParameterValue', `Value (${id}) for parameter volumeId is invalid.`);
    }
    if (volume === undefined) {
      throw new Refusal('InvalidVolume.NotFound', `The volume '${id}' does not exist.`);
    }
    return volume;
  });
}

const FILTERS: Readonly<Record<string, (volume: Volume, call: Call) => string>> = {
  'volume-id': (one) => one.id,
  'attachment.instance-id': (one) => one.instance.id,
  'attachment.device': (one) => one.device,
  'availability-zone': (one) => one.instance.az,
  'volume-type': (one) => one.type,
  size: (one, call) => String(sizeAt(call.world, one, call.now)),
  status: () => 'in-use',
};

export const describeVolumes = read((input: DescribeVolumesCommandInput, call) => {
  const tests = (input.Filters ?? []).map(({ Name = '', Values = [] }) => {
    const field = Object.hasOwn(FILTERS, Name) ? FILTERS[Name] : undefined;
    if (field === undefined) throw new Refusal('InvalidParameterValue', `The filter '${Name}' is invalid`);
    return (one: Volume) => Values.includes(field(one, call));
  });
  const matching = knownVolumes(input.VolumeIds, call).filter((one) => tests.every((test) => test(one)));
  const { items, next } = page(matching, {
    size: input.MaxResults ?? PAGE_SIZE,
    token: input.NextToken,
    question: questionOf(input, 'NextToken', 'MaxResults'),
    badToken: 'InvalidNextToken',
  });
  return {
    Volumes: items.map((one) => volumeShape(one, call)),
    ...(next !== undefined && { NextToken: next }),
  };
});

function volumeShape(volume: Volume, { world, now }: Call): Ec2Volume {
  const attached = new Date(launchTime(world, volume.instance, now));
  return {
    VolumeId: volume.id,
    Size: sizeAt(world, volume, now),
    VolumeType: volume.type as Ec2Volume['VolumeType'],
    State: 'in-use',
    AvailabilityZone: volume.instance.az,
    CreateTime: attached,
    Encrypted: true,
    Attachments: [
      {
        InstanceId: volume.instance.id,
        VolumeId: volume.id,
        Device: volume.device,
        State: 'attached',
        AttachTime: attached,
        DeleteOnTermination: volume.device === '/dev/xvda',
      },
    ],
    Tags: [],
  };
}

function modificationShape(volume: Volume, growth: Growth, now: number): VolumeModification {
  const { state, progress } = growthStage(growth, now);
  return {
    VolumeId: volume.id,
    ModificationState: state,
    Progress: progress,
    OriginalSize: growth.from,
    TargetSize: growth.to,
    OriginalVolumeType: volume.type as VolumeModification['OriginalVolumeType'],
    TargetVolumeType: volume.type as VolumeModification['TargetVolumeType'],
    StartTime: new Date(growth.at),
  };
}

export const describeVolumesModifications = read((input: DescribeVolumesModificationsCommandInput, call) => ({
  VolumesModifications: knownVolumes(input.VolumeIds, call).flatMap((volume) => {
    const last = growthsOf(call.world, volume).at(-1);
    return last === undefined ? [] : [modificationShape(volume, last, call.now)];
  }),
}));

export const modifyVolume = change((input: ModifyVolumeCommandInput, call) => {
  const [volume] = knownVolumes([input.VolumeId ?? ''], call);
  const size = input.Size;
  if (volume === undefined || size === undefined) {
    throw new NotSimulated('ec2', 'ModifyVolume', 'changes of a volume but its size');
  }
  const last = growthsOf(call.world, volume).at(-1);
  if (last !== undefined && call.now < last.at + GROWTH_REST_MS) {
    throw new Refusal(
      'VolumeModificationRateExceeded',
      "You've reached the maximum modification rate per volume limit. Wait at least 6 hours between modifications per EBS volume.",
    );
  }
  const before = sizeAt(call.world, volume, call.now);
  if (size < before) {
    throw new Refusal('InvalidParameterValue', 'New size cannot be smaller than existing size');
  }
  if (size > 65_536)
    throw new Refusal('InvalidParameterValue', `Volume of ${size}GiB is too large for volume type`);
  endDryRun(input);
  return {
    output: {
      VolumeModification: modificationShape(volume, { at: call.now, from: before, to: size }, call.now),
    },
    entry: {
      source: 'ec2.amazonaws.com',
      parameters: { ModifyVolumeRequest: { VolumeId: volume.id, Size: size } },
      resources: [{ type: 'AWS::EC2::Volume', name: volume.id }],
      effect: { kind: 'grow_volume', volume: volume.id, sizeGb: size },
    },
  };
});
