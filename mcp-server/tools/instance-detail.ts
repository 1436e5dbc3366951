import type { Instance, InstanceStatus, Volume } from '@aws-sdk/client-ec2';
import type { Place } from '../cloud/account.ts';
import { instanceArn, instanceRowOf, type OwnedInstance } from '../cloud/instances.ts';
import type { InstanceDetail } from '../contract/catalogue/instances.ts';

/** An instance in full. `status` and `volumes` are null when they could not be read. */
export function instanceDetailOf(
  instance: OwnedInstance,
  place: Place,
  status: InstanceStatus | null,
  volumes: Volume[] | null,
): InstanceDetail {
  const row = instanceRowOf(instance, place);
  return {
    ...row,
    arn: instanceArn(place.region, instance.OwnerId ?? place.account.number() ?? '', row.id),
    ...(instance.ImageId ? { image: instance.ImageId } : {}),
    ...(instance.VpcId ? { vpc: instance.VpcId } : {}),
    ...(instance.SubnetId ? { subnet: instance.SubnetId } : {}),
    security_groups: (instance.SecurityGroups ?? []).map((group) => group.GroupName ?? group.GroupId ?? ''),
    checks: status
      ? { system: checkOf(status.SystemStatus?.Status), instance: checkOf(status.InstanceStatus?.Status) }
      : null,
    volumes: attachedVolumes(instance).map(({ id, device }) => {
      const volume = volumes?.find((one) => one.VolumeId === id);
      return {
        id,
        device,
        ...(volume?.Size === undefined ? {} : { size_gb: volume.Size }),
        ...(volume?.VolumeType ? { type: volume.VolumeType } : {}),
      };
    }),
    scheduled_events: (status?.Events ?? []).map((event) => ({
      code: event.Code ?? 'unknown',
      description: event.Description ?? '',
      ...(event.NotBefore ? { not_before: event.NotBefore.toISOString() } : {}),
    })),
  };
}

type AttachedVolume = {
  id: string;
  device: string;
  root: boolean;
  /** Also when AWS does not say that it is kept. */
  deletedWithInstance: boolean;
};

export function attachedVolumes(instance: Instance): AttachedVolume[] {
  return (instance.BlockDeviceMappings ?? []).flatMap(({ Ebs, DeviceName }) => {
    if (!Ebs?.VolumeId) return [];
    return [
      {
        id: Ebs.VolumeId,
        device: DeviceName ?? '',
        root: DeviceName === instance.RootDeviceName,
        deletedWithInstance: Ebs.DeleteOnTermination !== false,
      },
    ];
  });
}

const CHECKS = ['ok', 'impaired', 'initializing', 'insufficient-data', 'not-applicable'] as const;

function checkOf(status: string | undefined): (typeof CHECKS)[number] {
  return CHECKS.find((check) => check === status) ?? 'insufficient-data';
}
