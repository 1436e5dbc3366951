import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PIClient } from '@aws-sdk/client-pi';
import { RDSClient } from '@aws-sdk/client-rds';
import { STSClient } from '@aws-sdk/client-sts';
import { XRayClient } from '@aws-sdk/client-xray';
import { onTestFinished } from 'vitest';
import { readAccountFile } from '../../mcp-server/simulator/account-file.ts';
import {
  createSimulatedAccount,
  type SimulatedAccountOptions,
} from '../../mcp-server/simulator/simulated-account.ts';

export const START = new Date('2026-11-20T10:00:00Z');
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** A small account that most tests begin with; `more` is added at its end. */
export function shop(more = ''): string {
  return `account: "111122223333"
regions: [ap-northeast-2, us-west-2]
ec2:
  - {id: i-00000000000000001, name: web-1, type: t3.medium, state: running, az: ap-northeast-2a, tags: {env: prod}}
  - {id: i-00000000000000002, name: web-2, type: t3.medium, state: running, az: ap-northeast-2b, tags: {env: staging}}
  - {id: i-00000000000000003, name: batch-1, type: c6i.large, state: stopped, az: ap-northeast-2a, tags: {env: prod}}
  - {id: i-00000000000000004, name: far-1, type: m6i.large, state: running, az: us-west-2b}
asg:
  - {name: web-asg, min: 1, max: 4, desired: 2, instances: [web-1, web-2]}
elb:
  - {name: front, targets: [{id: web-1}, {id: web-2}]}
${more}`;
}

export const WEB_1 = 'i-00000000000000001';
export const WEB_2 = 'i-00000000000000002';
export const BATCH_1 = 'i-00000000000000003';
export const FAR_1 = 'i-00000000000000004';

/** A new folder that is gone when the test is. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes an account file and the files beside it, and gives its path. */
export async function writeAccount(yaml: string, beside: Record<string, string> = {}): Promise<string> {
  const folder = await newFolder();
  const path = join(folder, 'account.yaml');
  for (const [name, text] of Object.entries({ ...beside, 'account.yaml': yaml })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return path;
}

type Options = Partial<Pick<SimulatedAccountOptions, 'identity' | 'keep' | 'speed' | 'startAt'>> & {
  beside?: Record<string, string>;
  region?: string;
  realTime?: Date;
};

/** An account as the product opens it, on a clock that the test moves, with the real clients attached. */
export async function openAccount(yaml: string, options: Options = {}) {
  const { beside, region = 'ap-northeast-2', realTime = START, ...rest } = options;
  const file = await readAccountFile(await writeAccount(yaml, beside));
  let elapsed = 0;
  const account = createSimulatedAccount({
    file,
    clock: () => new Date(realTime.getTime() + elapsed),
    ...rest,
  });
  onTestFinished(() => account.close());
  const clientsIn = (where: string) => {
    const config = { region: where };
    const clients = {
      ec2: new EC2Client(config),
      cloudwatch: new CloudWatchClient(config),
      cloudtrail: new CloudTrailClient(config),
      xray: new XRayClient(config),
      autoscaling: new AutoScalingClient(config),
      sts: new STSClient(config),
      logs: new CloudWatchLogsClient(config),
      ecs: new ECSClient(config),
      elbv2: new ElasticLoadBalancingV2Client(config),
      rds: new RDSClient(config),
      pi: new PIClient(config),
      lambda: new LambdaClient(config),
    };
    account.attach(clients.ec2);
    account.attach(clients.cloudwatch);
    account.attach(clients.cloudtrail);
    account.attach(clients.xray);
    account.attach(clients.autoscaling);
    account.attach(clients.sts);
    account.attach(clients.logs);
    account.attach(clients.ecs);
    account.attach(clients.elbv2);
    account.attach(clients.rds);
    account.attach(clients.pi);
    account.attach(clients.lambda);
    return clients;
  };
  return {
    file,
    account,
    clientsIn,
    ...clientsIn(region),
    /** Lets time pass. */
    advance: (ms: number) => {
      elapsed += ms;
    },
  };
}
