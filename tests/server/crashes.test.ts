import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { accountReport, META, METHODS, RESOURCES } from '../../mcp-server/contract/wire.ts';
import { SHOP } from './accounts.ts';
import { grantFor, makeHome, startServer } from './running-server.ts';

const DYING = fileURLToPath(new URL('fixtures/dying-server.ts', import.meta.url));

test.each([
  ['before AWS is asked', 'running', 'is not seen to have happened'],
  ['after AWS answered', 'stopped', 'seems to have happened'],
])(
  'killed %s: the next start says what became of it, and repeats nothing',
  async (moment, state, finding) => {
    const home = await makeHome({ account: SHOP });
    try {
      const start = { account: SHOP, args: ['--keep', '--speed', '1000'] };
      const dying = await startServer({ ...start, main: DYING, env: { DIE: moment } }, home);
      const { proposal } = await dying.failing('stop_instances', { instances: ['api-1'] });
      const grant = grantFor(proposal!, home.key);
      const call = dying.call('stop_instances', { instances: ['api-1'] }, { [META.grant]: grant });
      await expect(call).rejects.toThrow('closed');
      await dying.stop();

      const next = await startServer(start, home);
      const stateOf = async () =>
        (await next.call('describe_instance', { instance: 'api-1' })).output.instance.state;
      await expect.poll(stateOf, { timeout: 20_000 }).toBe(state);
      // A state may still be on its way at the very start; a later start sees it where it went.
      const { recovered } = accountReport.parse(await next.resource(RESOURCES.account));
      expect(recovered).toMatchObject([{ tool: 'stop_instances' }]);
      expect(recovered[0]?.finding).toMatch(new RegExp(`${finding}|seems to be under way`));
      const again = await next.failing('stop_instances', { instances: ['api-1'] }, { [META.grant]: grant });
      expect(['grant_used', 'state_moved']).toContain(again.code);
      expect(await stateOf()).toBe(state);
      expect(await next.method(METHODS.auditVerify)).toMatchObject({
        verdict: { intact: true, open_intents: [] },
      });
      await next.stop();
    } finally {
      await home.remove();
    }
  },
);
