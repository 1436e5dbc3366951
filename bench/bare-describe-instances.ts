import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { readAccountFile } from '../mcp-server/simulator/account-file.ts';
import { createSimulatedAccount } from '../mcp-server/simulator/simulated-account.ts';

// The least a Node program can do for the same answer: what `aiops ask` is measured against.
const file = await readAccountFile(process.argv[2] ?? '');
const client = new EC2Client({
  region: file.regions[0] ?? '',
  credentials: { accessKeyId: 'SIMULATED', secretAccessKey: 'simulated' },
});
createSimulatedAccount({ file, clock: () => new Date() }).attach(client);
const { Reservations } = await client.send(new DescribeInstancesCommand({}));
for (const { InstanceId, State } of (Reservations ?? []).flatMap(({ Instances }) => Instances ?? []))
  process.stdout.write(`${InstanceId} ${State?.Name}\n`);
