import type { Instance as Ec2Instance, InstanceStateName, Tag } from '@aws-sdk/client-ec2';
import { momentMs } from '../../format/times.ts';
import { hash32, hexOf } from '../../world/deterministic.ts';
import { groupOf } from '../../world/groups.ts';
import { type InstanceState, phaseAt, typeAt } from '../../world/instance-life.ts';
import { instanceSize } from '../../world/instance-types.ts';
import { volumesOf } from '../../world/volumes.ts';
import type { Instance, World } from '../../world/world.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
const STATE_CODES: Readonly<Record<InstanceState, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

export function stateShape(state: InstanceState): { Code: number; Name: InstanceStateName } {
  return { Code: STATE_CODES[state], Name: state };
}

/** The tags AWS has for it: its own, its name, and those of its group. */
export function tagsOf(world: World, instance: Instance): Record<string, string> {
  const group = groupOf(world, instance.id);
  return {
    ...(instance.name !== undefined && { Name: instance.name }),
    ...instance.tags,
    ...(group !== undefined && { 'aws:autoscaling:groupName': group.name }),
  };
}

function tagShape(tags: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

const DAY_MS = 86_400_000;

/** When it was last started; for one that the file does not date, some weeks before the run. */
export function launchTime(world: World, instance: Instance, now: number): number {
  const started = instance.life.starts.findLast((at) => at <= now);
  if (started !== undefined) return started;
  if (instance.entry?.launched !== undefined) return momentMs(instance.entry.launched, world.startMs);
  const seed = hash32(`${instance.id}/launched`);
  return Math.floor((world.startMs - (3 + (seed % 90)) * DAY_MS - (seed % 86_400) * 1000) / 1000) * 1000;
}

export function privateIp(instance: Instance): string {
  if (instance.entry?.private_ip !== undefined) return instance.entry.private_ip;
  const seed = hash32(`${instance.id}/ip`);
  return `10.0.${zoneNumber(instance) * 16 + (seed % 16)}.${10 + ((seed >>> 8) % 240)}`;
}

function zoneNumber(instance: Instance): number {
  return Math.max(0, instance.az.charCodeAt(instance.az.length - 1) - 'a'.charCodeAt(0));
}

/** An instance as DescribeInstances returns it. */
export function instanceShape(world: World, instance: Instance, now: number, account: string): Ec2Instance {
  const phase = phaseAt(instance.life, now);
  const state = phase?.state ?? 'terminated';
  const type = typeAt(instance.life, now);
  const gone = state === 'terminated';
  const ip = privateIp(instance);
  const vpc = `vpc-${hexOf(`${account}/${instance.region}`, 17)}`;
  return {
    InstanceId: instance.id,
    ImageId: `ami-${hexOf(`${instance.region}/${instanceSize(type).architecture}`, 17)}`,
    State: stateShape(state),
    StateTransitionReason: phase?.cause?.transition ?? '',
    ...(phase?.cause !== undefined && {
      StateReason: { Code: phase.cause.code, Message: phase.cause.message },
    }),
    // The SDK's union lists the types of its release; a newer one is a type all the same.
    InstanceType: type as Ec2Instance['InstanceType'],
    LaunchTime: new Date(launchTime(world, instance, now)),
    Placement: { AvailabilityZone: instance.az, GroupName: '', Tenancy: 'default' },
    Monitoring: { State: 'enabled' },
    AmiLaunchIndex: 0,
    ProductCodes: [],
    PrivateDnsName: gone ? '' : `ip-${ip.replaceAll('.', '-')}.${instance.region}.compute.internal`,
    PublicDnsName: '',
    Architecture: instanceSize(type).architecture,
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    RootDeviceType: 'ebs',
    RootDeviceName: '/dev/xvda',
    EbsOptimized: true,
    EnaSupport: true,
    CpuOptions: { CoreCount: Math.max(1, instanceSize(type).vcpus / 2), ThreadsPerCore: 2 },
    Tags: tagShape(tagsOf(world, instance)),
    SecurityGroups: gone ? [] : securityGroups(instance),
    BlockDeviceMappings: gone ? [] : blockDevices(world, instance, now),
    ...(!gone && {
      PrivateIpAddress: ip,
      VpcId: vpc,
      SubnetId: `subnet-${hexOf(`${vpc}/${instance.az}`, 17)}`,
    }),
  };
}

function securityGroups(instance: Instance): Ec2Instance['SecurityGroups'] {
  const groups = instance.entry?.security_groups ?? ['default'];
  return groups.map((group) =>
    group.startsWith('sg-')
      ? { GroupId: group, GroupName: group }
      : { GroupId: `sg-${hexOf(`${instance.region}/${group}`, 17)}`, GroupName: group },
  );
}

function blockDevices(world: World, instance: Instance, now: number): Ec2Instance['BlockDeviceMappings'] {
  return volumesOf(instance).map((volume) => ({
    DeviceName: volume.device,
    Ebs: {
      VolumeId: volume.id,
      Status: 'attached',
      AttachTime: new Date(launchTime(world, instance, now)),
      DeleteOnTermination: volume.device === '/dev/xvda',
    },
  }));
}
