import { z } from 'zod';
import { place, resultWith, untrusted } from '../call.ts';
import { changesMade } from './changes-made.ts';
import { toolContract } from './tool-contract.ts';

export const INSTANCE_STATES = [
  'pending',
  'running',
  'shutting-down',
  'terminated',
  'stopping',
  'stopped',
] as const;

const check = z.enum(['ok', 'impaired', 'initializing', 'insufficient-data', 'not-applicable']);

export const instanceRow = z.strictObject({
  id: z.string(),
  name: untrusted,
  state: z.enum(INSTANCE_STATES),
  type: z.string(),
  az: z.string(),
  region: z.string(),
  account: z.string(),
  private_ip: z.string().optional(),
  public_ip: z.string().optional(),
  launched_at: z.iso.datetime().optional(),
  /** Why and when the state last changed, as AWS words it. */
  state_reason: untrusted.optional(),
  tags: z.record(z.string(), untrusted),
});
export type InstanceRow = z.infer<typeof instanceRow>;

export const instanceDetail = z.strictObject({
  ...instanceRow.shape,
  arn: z.string(),
  image: z.string().optional(),
  vpc: z.string().optional(),
  subnet: z.string().optional(),
  security_groups: z.array(z.string()),
  /** Null when the status checks could not be read; `coverage` then says why. */
  checks: z.strictObject({ system: check, instance: check }).nullable(),
  volumes: z.array(
    z.strictObject({
      id: z.string(),
      device: z.string(),
      size_gb: z.number().optional(),
      type: z.string().optional(),
    }),
  ),
  scheduled_events: z.array(
    z.strictObject({ code: z.string(), description: untrusted, not_before: z.iso.datetime().optional() }),
  ),
});
export type InstanceDetail = z.infer<typeof instanceDetail>;

const instance = z.string().min(1).describe('an instance id, ARN or Name');
const instances = z.array(instance).min(1).max(100);

export const listInstances = toolContract({
  name: 'list_instances',
  title: 'List instances',
  description: 'EC2 instances with state, type, zone and tags; by state, Name (glob) and tags.',
  input: z.strictObject({
    state: z.enum(INSTANCE_STATES).optional(),
    name: z.string().min(1).optional().describe('a glob over the Name tag, such as web-*'),
    tags: z.record(z.string(), z.string()).optional().describe('key to value; all of them have to fit'),
    ...place,
  }),
  output: resultWith({ instances: z.array(instanceRow), counts: z.record(z.string(), z.int()) }),
});

export const describeInstance = toolContract({
  name: 'describe_instance',
  title: 'Describe an instance',
  description: 'One EC2 instance in full: status checks, network, volumes, scheduled events.',
  input: z.strictObject({ instance, ...place }),
  output: resultWith({ instance: instanceDetail, matched: z.enum(['exact', 'close']) }),
});

export const getConsoleOutput = toolContract({
  name: 'get_console_output',
  title: 'Console output',
  description: "The latest console output of an instance: the kernel's last words.",
  input: z.strictObject({ instance, ...place }),
  output: resultWith({
    instance: z.string(),
    name: z.string(),
    at: z.iso.datetime().nullable(),
    output: untrusted,
  }),
});

export const startInstances = toolContract({
  name: 'start_instances',
  title: 'Start instances',
  description: 'Starts stopped instances. A change: needs a grant.',
  input: z.strictObject({ instances, ...place }),
  output: changesMade,
});

export const stopInstances = toolContract({
  name: 'stop_instances',
  title: 'Stop instances',
  description: 'Stops running instances. Destructive: needs a grant.',
  input: z.strictObject({ instances, ...place }),
  output: changesMade,
});

export const rebootInstances = toolContract({
  name: 'reboot_instances',
  title: 'Reboot instances',
  description: 'Reboots running instances. Destructive (interrupts service): needs a grant.',
  input: z.strictObject({ instances, ...place }),
  output: changesMade,
});

export const terminateInstances = toolContract({
  name: 'terminate_instances',
  title: 'Terminate instances',
  description: 'Terminates instances for good. Destructive and without undo: needs a grant.',
  input: z.strictObject({ instances, ...place }),
  output: changesMade,
});

export const resizeInstance = toolContract({
  name: 'resize_instance',
  title: 'Resize an instance',
  description:
    'Changes the instance type: stops it, changes it, starts it again if it ran. Destructive: needs a grant.',
  input: z.strictObject({
    instance,
    instance_type: z
      .string()
      .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'an instance type such as m6i.large')
      .describe('an instance type such as m6i.large'),
    ...place,
  }),
  output: changesMade,
});

export const growVolume = toolContract({
  name: 'grow_volume',
  title: 'Grow a volume',
  description:
    'Grows an EBS volume of an instance. Destructive (a volume cannot shrink again): needs a grant.',
  input: z.strictObject({
    instance,
    volume: z
      .string()
      .min(1)
      .optional()
      .describe('a volume id or device; default: the only or the root volume'),
    size_gb: z.int().min(1).max(65_536).describe('GiB; more than it has'),
    ...place,
  }),
  output: changesMade,
});
