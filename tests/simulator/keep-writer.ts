import { EC2Client, StartInstancesCommand } from '@aws-sdk/client-ec2';
import { readAccountFile } from '../../mcp-server/simulator/account-file.ts';
import { createSimulatedAccount } from '../../mcp-server/simulator/simulated-account.ts';

// A process that makes a number of changes to a kept account and dies at once after the last.
const [accountPath = '', keepPath = '', changes = '0'] = process.argv.slice(2);
const account = createSimulatedAccount({
  file: await readAccountFile(accountPath),
  clock: () => new Date(),
  keep: { path: keepPath },
});
const ec2 = new EC2Client({ region: 'ap-northeast-2' });
account.attach(ec2);
for (let turn = 0; turn < Number(changes); turn += 1) {
  await ec2.send(new StartInstancesCommand({ InstanceIds: ['i-00000000000000003'] }));
}
process.kill(process.pid, 'SIGKILL');
