import type { GetConsoleOutputCommandInput } from '@aws-sdk/client-ec2';
import { read } from '../../wire/operation.ts';
import { hash32 } from '../../world/deterministic.ts';
import { faultsOn } from '../../world/faults/course.ts';
import { phaseAt } from '../../world/instance-life.ts';
import type { Instance, World } from '../../world/world.ts';
import { knownInstances } from './instance-ids.ts';
import { launchTime, privateIp } from './instance-shape.ts';

/** A kernel's line: seconds since the boot, and text. */
type Line = { at: number; text: string };

/** The console, base64 as the API has it. */
export const getConsoleOutput = read((input: GetConsoleOutputCommandInput, call) => {
  const [instance] = knownInstances([input.InstanceId ?? ''], call);
  if (instance === undefined) return {};
  const { text, at } = consoleText(call.world, instance, call.now);
  return { InstanceId: instance.id, Timestamp: new Date(at), Output: Buffer.from(text).toString('base64') };
});

function consoleText(world: World, instance: Instance, now: number): { text: string; at: number } {
  const booted = Math.max(
    launchTime(world, instance, now),
    instance.life.reboots.findLast((at) => at <= now) ?? Number.NEGATIVE_INFINITY,
  );
  const lines = [...bootLines(instance, booted), ...laterLines(world, instance, booted, now)];
  const text = lines.map(({ at, text: said }) => `${stamp((at - booted) / 1000)} ${said}`).join('\r\n');
  return { text: `${text}\r\n`, at: lines.at(-1)?.at ?? booted };
}

function stamp(seconds: number): string {
  return `[${seconds.toFixed(6).padStart(12)}]`;
}

function bootLines(instance: Instance, booted: number): Line[] {
  const host = `ip-${privateIp(instance).replaceAll('.', '-')}`;
  const jitter = (hash32(instance.id) % 1000) / 1000;
  return [
    { at: 0, text: 'Linux version 6.1.155-176.282.amzn2023.x86_64 (mockbuild@ip-10-0-32-12)' },
    {
      at: 0,
      text: 'Command line: BOOT_IMAGE=(hd0,gpt1)/boot/vmlinuz root=UUID=8e4dd2ef ro console=ttyS0,115200n8',
    },
    { at: 1.2 + jitter, text: 'EXT4-fs (nvme0n1p1): mounted filesystem with ordered data mode' },
    { at: 2.9 + jitter, text: `systemd[1]: Hostname set to <${host}>.` },
    { at: 6.4 + jitter, text: 'cloud-init[1482]: Cloud-init v. 22.2.2 finished. Datasource DataSourceEc2' },
    { at: 7.1 + jitter, text: 'systemd[1]: Reached target multi-user.target - Multi-User System.' },
  ].map(({ at, text }) => ({ at: booted + at * 1000, text }));
}

function laterLines(world: World, instance: Instance, booted: number, now: number): Line[] {
  const lines: Line[] = [];
  for (const { rule, spans } of faultsOn(world, { kind: 'instance', id: instance.id })) {
    for (const { from } of spans) {
      if (from < booted) continue;
      lines.push(...(rule.console ?? []).map(({ afterMs, text }) => ({ at: from + afterMs, text })));
    }
  }
  const phase = phaseAt(instance.life, now);
  if (phase?.cause?.code === 'Client.InstanceInitiatedShutdown') {
    lines.push({ at: phase.from, text: 'systemd-shutdown[1]: Syncing filesystems and block devices.' });
    lines.push({ at: phase.from + 400, text: 'reboot: Power down' });
  }
  return lines.filter((line) => line.at <= now).sort((a, b) => a.at - b.at);
}
