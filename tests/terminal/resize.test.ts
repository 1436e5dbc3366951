import { describe, expect, it } from 'vitest';
import { callView, done, instance, instances, REPORT, rebootProposal } from './samples.ts';
import { openChat } from './screen.ts';
import { scriptedEngine } from './scripted-engine.ts';

const listing: Parameters<typeof scriptedEngine>[0] = ({ id, emit, end }) => {
  const rows = [instance('web-1'), instance('웹-서버'), instance('db-1')];
  emit({ type: 'call', turn: id, view: callView('list_instances', {}, done(instances(rows)), `${id}.1`) });
  emit({ type: 'say', turn: id, tone: 'answer', text: 'There are 3 instances.' });
  end('answered');
};

/** Rows of a rule, whole or broken by a narrower terminal. */
const rules = (screen: string) => screen.match(/^─+$/gm) ?? [];

/** The frame as it is drawn for so many columns, and nothing of another. */
const whole = (screen: string, columns: number) =>
  rules(screen).length === 2 && rules(screen).every((rule) => rule.length === columns);

describe('a terminal that becomes narrower', () => {
  it.each<[number, number[]]>([
    [24, [100, 79, 61, 40, 80, 41]],
    [24, [90, 25, 70]],
    [15, [100, 79, 61, 40]],
  ])('keeps what is finished and leaves no piece of an old frame (%d rows, %j)', async (rows, widths) => {
    const engine = scriptedEngine(listing);
    const chat = openChat(engine, { columns: 120, rows, environment: { TERM_PROGRAM: 'vscode' } });
    await chat.until(/› Say what you want/);
    engine.emit({ type: 'account', report: REPORT });
    engine.emit({ type: 'server', state: 'ready' });
    chat.type('list\r');
    await chat.until(/instances\.\n[\s\S]*› Say what/);
    chat.type('this is what I am writing 지금 쓰고 있는 글');
    await chat.until(/지금 쓰고 있는 글/);
    for (const columns of widths) {
      chat.resize(columns, rows);
      const screen = await chat.until((now) => whole(now, columns));
      expect(screen.match(/› this is/g)).toHaveLength(1);
      expect(screen.match(/shop · SIM/g)).toHaveLength(1);
      expect(screen.replace(/\s+/g, ' ')).toContain('There are 3 instances.');
    }
    chat.type('\u0003\u0003');
    expect(await chat.exit).toBe(0);
  });

  it('wipes what is on the screen, not what was just said and is not drawn yet', async () => {
    const engine = scriptedEngine(() => {});
    const chat = openChat(engine, { columns: 90, rows: 30 });
    chat.type('why\r');
    await chat.until(/› why/);
    for (const [n, columns] of [70, 88, 60, 85].entries()) {
      engine.emit({ type: 'say', turn: 't1', tone: 'note', text: `note ${n}` });
      engine.emit({ type: 'say_part', turn: 't1', say: `s${n}`, text: 'one\n\ntwo\n\n- three\n- four\n' });
      chat.resize(columns, 30);
      await chat.until((now) => whole(now, columns) && now.includes(`note ${n}`));
    }
    const screen = chat.screen();
    expect(screen).toContain('/help shows keys');
    for (const n of [0, 1, 2, 3]) expect(screen.match(new RegExp(`note ${n}`, 'g'))).toHaveLength(1);
    for (const said of [/^. one$/gm, /^ {2}two$/gm]) expect(screen.match(said)).toHaveLength(4);
    chat.type('\u0003\u0003');
    expect(await chat.exit).toBe(0);
  });

  it('keeps the answers of a dialog in sight at 40×15', async () => {
    const engine = scriptedEngine(({ id, emit }) => {
      emit({ type: 'approval_asked', turn: id, call: `${id}.1`, proposal: rebootProposal(), flagged: [] });
    });
    const chat = openChat(engine, { columns: 100, rows: 40, environment: { TERM_PROGRAM: 'vscode' } });
    chat.type('reboot api-1\r');
    await chat.until(/y approve/);
    // What no longer fits the screen is in the scrollback, out of reach: only what is in sight is looked at.
    const inSight = (screen: string, rows: number) =>
      screen
        .split('\n')
        .slice(-(rows - 1))
        .join('\n');
    for (const [columns, rows] of [
      [60, 20],
      [40, 15],
    ] as const) {
      chat.resize(columns, rows);
      const screen = inSight(await chat.until((now) => whole(inSight(now, rows), columns)), rows);
      expect(screen.replace(/\s+/g, ' ').match(/y approve/g)).toHaveLength(1);
    }
    expect(chat.screen()).toMatch(/↓ \+\d+ more/);
    chat.type('\u0003\u0003');
    expect(await chat.exit).toBe(0);
  });
});
