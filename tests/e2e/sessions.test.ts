import { expect, onTestFinished, test } from 'vitest';
import { EMPTY_CONVERSATION } from '../../src/domain/reading.ts';
import { openStore } from '../../src/store/open-store.ts';
import { makeHome } from '../tools-client/small-shop.ts';
import { AIOPS, NODE } from './program.ts';
import { openPseudoTerminal } from './pseudo-terminal.ts';

test('the real program goes on with the last session, and keeps it when its terminal is closed in a dialog', async () => {
  const home = await makeHome();
  const state = `${home.environment.XDG_STATE_HOME}/aiops`;
  const place = { name: 'small-shop', account: '222233334444', backend: home.account };
  const earlier = openStore(state);
  earlier.begin({
    id: 'k3v9x2ab',
    startedAt: Date.now(),
    asked: `--account ${home.account}`,
    folder: home.folder,
    place,
    title: 'describe api-1',
    continues: null,
    holder: null,
  });
  earlier.append('k3v9x2ab', [
    {
      at: Date.now(),
      entry: { type: 'turn_started', turn: 't1', text: 'describe api-1', provenance: 'typed' },
    },
    { at: Date.now(), entry: { type: 'say', turn: 't1', tone: 'answer', text: 'api-1 is running.' } },
    {
      at: Date.now(),
      entry: {
        type: 'turn_ended',
        turn: 't1',
        outcome: 'answered',
        conversation: {
          ...EMPTY_CONVERSATION,
          mentioned: [{ kind: 'instance', id: 'i-0a00000000000005', name: 'api-1' }],
        },
      },
    },
  ]);
  earlier.close();

  const terminal = openPseudoTerminal(NODE, [AIOPS, '--account', home.account, '--continue'], {
    cwd: home.folder,
    env: { ...home.environment, TERM: 'xterm-256color' },
  });
  onTestFinished(async () => {
    terminal.kill();
    await terminal.exited;
  });
  expect(await terminal.until(/Going on with "describe api-1"/)).toContain('api-1 is running.');
  terminal.type('reboot it\r');
  expect(await terminal.until(/y approve/)).toContain('api-1');
  terminal.kill('SIGHUP');
  await terminal.exited;

  const store = openStore(state);
  onTestFinished(() => store.close());
  const [found] = store.find('k3v9x2ab');
  expect(found?.summary).toMatchObject({ turns: 2, holder: null, place });
  const { lines, unread } = store.lines('k3v9x2ab');
  expect(unread).toBe(0);
  const said = lines.map(({ entry }) => entry);
  expect(said.find((entry) => entry.type === 'approval_asked')).toMatchObject({
    proposal: { tool: 'reboot_instances', targets: [{ name: 'api-1' }] },
  });
  // The engine came to rest: the turn has an end, and nothing was run.
  expect(said.at(-1)).toMatchObject({ type: 'turn_ended', outcome: 'cancelled' });
  expect(store.inputs(5)).toEqual(['reboot it']);
});
