import { joined, lookBeside, seen } from '../cloud/look.ts';
import { describeInstance, type InstanceDetail } from '../contract/catalogue/instances.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { attachedVolumes, instanceDetailOf } from './instance-detail.ts';
import { closeNote, findInstance } from './one-instance.ts';
import type { ReadTool } from './tool.ts';

export const describeInstanceTool: ReadTool<
  ToolInput<'describe_instance'>,
  ToolOutput<'describe_instance'>
> = {
  kind: 'read',
  contract: describeInstance,
  async run(input, cloud) {
    const { instance, id, name, place, matched } = await findInstance(cloud, input);
    const { sdk, client } = await place.account.connect('ec2', place.region, 'read');
    const abort = { abortSignal: cloud.signal };
    const attached = attachedVolumes(instance).map((volume) => volume.id);
    const [checks, volumes] = await Promise.all([
      lookBeside(
        cloud,
        place,
        { what: `status checks of ${name}`, action: 'ec2:DescribeInstanceStatus' },
        async () => {
          const command = new sdk.DescribeInstanceStatusCommand({
            InstanceIds: [id],
            IncludeAllInstances: true,
          });
          return (await client.send(command, abort)).InstanceStatuses?.[0] ?? null;
        },
      ),
      attached.length === 0
        ? null
        : lookBeside(
            cloud,
            place,
            { what: `volumes of ${name}`, action: 'ec2:DescribeVolumes' },
            async () => {
              const command = new sdk.DescribeVolumesCommand({ VolumeIds: attached });
              return (await client.send(command, abort)).Volumes ?? [];
            },
          ),
    ]);
    const detail = instanceDetailOf(instance, place, checks.value, volumes?.value ?? null);
    const coverage = joined(
      { looked_at: [seen('ec2:DescribeInstances', place)], gaps: [] },
      checks.coverage,
      ...(volumes ? [volumes.coverage] : []),
    );
    return {
      findings: { instance: detail, matched, coverage },
      text: closeNote(matched, input.instance, name) + textOf(detail),
      cli: [
        awsLine(place, 'ec2', 'describe-instances', '--instance-ids', id),
        awsLine(place, 'ec2', 'describe-instance-status', '--instance-ids', id, '--include-all-instances'),
        ...(attached.length > 0
          ? [awsLine(place, 'ec2', 'describe-volumes', '--volume-ids', ...attached)]
          : []),
      ],
      console: consolePage(place, 'ec2', `InstanceDetails:instanceId=${id}`),
    };
  },
};

function textOf(detail: InstanceDetail): string {
  const { name, id, state, type, az, checks, volumes, scheduled_events: events } = detail;
  return [
    `${name} (${id}) is ${state}: ${type} in ${az}.`,
    ...(checks ? [`  status checks: system ${checks.system}, instance ${checks.instance}`] : []),
    ...volumes.map(
      (it) => `  volume ${it.id} ${it.device}${it.size_gb === undefined ? '' : ` ${it.size_gb} GiB`}`,
    ),
    ...events.map((it) => `  scheduled: ${it.code} ${it.not_before ?? ''} ${it.description}`),
    ...(detail.state_reason ? [`  reason: ${detail.state_reason}`] : []),
  ].join('\n');
}
