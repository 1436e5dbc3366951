import type { Volume } from '@aws-sdk/client-ec2';
import type { Place } from '../cloud/account.ts';
import { untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { volumeArn } from '../cloud/instances.ts';
import { lookOnce } from '../cloud/look.ts';
import { placeOf } from '../cloud/resolve.ts';
import { growVolume } from '../contract/catalogue/instances.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import type { PlannedChange } from '../contract/proposal.ts';
import { blastRadiusOf, type Surroundings } from './blast-radius.ts';
import { awsLine } from './cli-line.ts';
import { attachedVolumes } from './instance-detail.ts';
import { findTargets, type TargetInstance } from './targets.ts';
import type { ChangeTool } from './tool.ts';

type Input = ToolInput<'grow_volume'>;
type Detail = { place: Place; surroundings: Surroundings };

/**
 * The target is the instance, of which the volume is a part: what protects the instance protects its disks,
 * and the name a person confirms is one they know.
 */
export const growVolumeTool: ChangeTool<Input, Detail> = {
  kind: 'change',
  contract: growVolume,
  async observe(input, cloud) {
    const found = await findTargets(cloud, input, [input.instance]);
    const { place, population, surroundings, targets } = found;
    const [target] = targets;
    if (!target) throw untouched('not_found', 'There is no such instance.');
    const id = volumeOf(target, input.volume);
    const volume = await lookOnce(place, 'ec2:DescribeVolumes', () => readVolume(cloud, place, id));
    const { kind, name, arn } = target;
    const facts = { volume: id, size_gb: volume?.Size ?? null };
    const called = volume?.Tags?.find((tag) => tag.Key === 'Name')?.Value;
    const takes = [id, volumeArn(place.region, target.owner, id), ...(called ? [called] : [])];
    return {
      account: place.account.name,
      region: place.region,
      states: [{ kind, id: target.id, name, arn, facts, takes }],
      population,
      detail: { place, surroundings },
    };
  },

  plan(input, { account, region, states, detail }) {
    const [target] = states;
    if (!target) throw untouched('not_found', 'There is no such instance.');
    const { kind, id, name, facts } = target;
    const size = Number(facts.size_gb ?? 0);
    if (input.size_gb <= size) {
      throw untouched(
        'invalid_state',
        `${facts.volume} of ${name} has ${size} GiB already; a volume can only grow.`,
        {
          hint: `Ask for more than ${size} GiB.`,
        },
      );
    }
    const volume = String(facts.volume);
    return {
      tool: 'grow_volume',
      arguments: { instance: id, volume, size_gb: input.size_gb, account, region },
      risk: 'destructive',
      irreversible: true,
      targets: [{ kind, id, name, was: { ...facts }, becomes: { size_gb: input.size_gb } }],
      blast_radius: blastRadiusOf([{ id, name }], detail.surroundings, 'calls_it'),
      undo: {
        possible: false,
        why: 'cannot_shrink',
      },
      cli: [
        awsLine(detail.place, 'ec2', 'modify-volume', '--volume-id', volume, '--size', String(input.size_gb)),
      ],
    };
  },

  event: 'ModifyVolume',

  async attempt(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { sdk, client } = await place.account.connect('ec2', place.region, 'change');
    const { volume, size } = growthOf(change);
    try {
      await client.send(new sdk.ModifyVolumeCommand({ VolumeId: volume, Size: size }));
    } catch (error) {
      throw asFailure(error, { action: 'ec2:ModifyVolume', place }, 'change');
    }
  },

  async verify(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, name, volume, size } = growthOf(change);
    const now = await readVolume(cloud, place, volume);
    if (!now) return [{ id, name, facts: { volume }, result: 'not_seen' }];
    const facts = { volume, size_gb: now.Size ?? null };
    if (now.Size === size) return [{ id, name, facts, result: 'done' }];
    const underWay = await isGrowing(cloud, place, volume, size);
    return [{ id, name, facts, result: underWay ? 'in_progress' : 'not_seen' }];
  },
};

function growthOf({ targets: [target], arguments: given }: PlannedChange) {
  if (!target) throw new TypeError('a volume belongs to an instance');
  return { id: target.id, name: target.name, volume: String(given.volume), size: Number(given.size_gb) };
}

/** The volume meant: by id or device, else the only one, else the root. */
function volumeOf({ instance, name }: TargetInstance, said: string | undefined): string {
  const attached = attachedVolumes(instance);
  const listed = attached.map((volume) => `${volume.id} (${volume.device})`).join(', ') || 'none';
  const found = said
    ? attached.find((volume) => volume.id === said || volume.device === said)
    : attached.length === 1
      ? attached[0]
      : attached.find((volume) => volume.root);
  if (found) return found.id;
  const message = said ? `${name} has no volume ${JSON.stringify(said)}.` : `Which volume of ${name}?`;
  throw untouched(said ? 'not_found' : 'ambiguous', message, {
    mention: said ?? 'volume',
    hint: `It has: ${listed}.`,
  });
}

async function readVolume(cloud: Cloud, place: Place, id: string): Promise<Volume | null> {
  const { sdk, client } = await place.account.connect('ec2', place.region, 'read');
  const answer = await client.send(new sdk.DescribeVolumesCommand({ VolumeIds: [id] }), {
    abortSignal: cloud.signal,
  });
  return answer.Volumes?.[0] ?? null;
}

async function isGrowing(cloud: Cloud, place: Place, id: string, size: number): Promise<boolean> {
  const { sdk, client } = await place.account.connect('ec2', place.region, 'read');
  const command = new sdk.DescribeVolumesModificationsCommand({ VolumeIds: [id] });
  const answer = await client.send(command, { abortSignal: cloud.signal });
  const [newest] = answer.VolumesModifications ?? [];
  return newest?.TargetSize === size && newest.ModificationState !== 'failed';
}
