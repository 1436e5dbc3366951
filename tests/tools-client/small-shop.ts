import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ServerCommand } from '../../src/tools/server-process.ts';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/** A small account of these tests' own. */
export const SMALL_SHOP = `account: "222233334444"
alias: small-shop
regions: [ap-northeast-2]
protected: [vault-1]
ec2:
  - {id: i-0a00000000000001, name: web-1, type: t3.medium, state: running, az: ap-northeast-2a}
  - {id: i-0a00000000000002, name: web-2, type: t3.medium, state: running, az: ap-northeast-2a}
  - {id: i-0a00000000000003, name: batch-1, type: t3.medium, state: stopped, az: ap-northeast-2a}
  - {id: i-0a00000000000004, name: batch-2, type: t3.medium, state: stopped, az: ap-northeast-2a}
  - {id: i-0a00000000000005, name: api-1, type: t3.medium, state: running, az: ap-northeast-2a}
  - {id: i-0a00000000000006, name: vault-1, type: t3.medium, state: running, az: ap-northeast-2a}
  - {id: i-0a00000000000007, name: bastion, type: t3.medium, state: running, az: ap-northeast-2a}
dependencies:
  - {from: web-1, to: api-1}
`;

/** A person's own folders and an account file, gone when the test is over. */
export type Home = { folder: string; account: string; environment: Record<string, string> };

export async function makeHome(account: string = SMALL_SHOP): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-test-'));
  // A server that is just ending may still write its cache.
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  return await homeIn(folder, account);
}

export async function homeIn(folder: string, account: string): Promise<Home> {
  const file = join(folder, 'account.yaml');
  await mkdir(join(folder, 'home'), { recursive: true });
  await writeFile(file, account);
  return {
    folder,
    account: file,
    environment: {
      PATH: process.env.PATH ?? '',
      HOME: join(folder, 'home'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_STATE_HOME: join(folder, 'state'),
      // Compiled code is the same for everybody.
      XDG_CACHE_HOME: join(PACKAGE, 'node_modules', '.cache'),
      TZ: 'Asia/Seoul',
    },
  };
}

/** How the built server is started on a home's account. */
export function serverOf(home: Home, ...flags: string[]): ServerCommand {
  return {
    node: process.execPath,
    args: [join(PACKAGE, 'bin', 'aiops-mcp.js'), `--account=${home.account}`, ...flags],
    env: { ...home.environment, AIOPS_SESSION: 'test-session' },
  };
}
