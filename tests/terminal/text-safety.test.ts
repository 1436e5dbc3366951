import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liveFrame, viewContext } from '../../src/terminal/frame.ts';
import { initialState, type TerminalState } from '../../src/terminal/state.ts';
import { createStore } from '../../src/terminal/store.ts';
import { type Line, lineText } from '../../src/terminal/text/lines.ts';
import { styled } from '../../src/terminal/text/styled.ts';
import { themeFor } from '../../src/terminal/theme.ts';
import { itemLines } from '../../src/terminal/transcript/item-view.ts';
import { press } from './press.ts';
import {
  callView,
  cpu,
  done,
  FACTS,
  instance,
  instances,
  NOW,
  REPORT,
  rebootProposal,
  SEEN,
} from './samples.ts';

/** What a terminal would obey or hide, between what it would not. */
const nasty = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(
        '\u001b[2J',
        '\u001b]0;t\u0007',
        '\u202e',
        '\u200b',
        '\u200d',
        '\u009b',
        '\r',
        '\n',
        '\u2028',
        '\u{e0041}',
      ),
      fc.constantFrom('a', '웹', '服', '`', '**', '[x](y)', '|', '# ', '- '),
    ),
    maxLength: 24,
  })
  .map((text) => `x${text}`);

/** Everything the chat shows, with the same text in every place that comes from outside. */
function scene(text: string, screenReader: boolean): { state: TerminalState; lines: Line[] } {
  const at = { wall: NOW, steady: 0 };
  const size = { columns: 70, rows: 30 };
  const store = createStore(
    initialState({ language: 'en', version: '0', timeZone: 'UTC', size, at, screenReader }),
    {
      perform: () => {},
      now: () => at,
      encrypted: () => false,
    },
  );
  const place = { ...REPORT.accounts[0]!, name: text, identity: text, regions: [text] };
  store.hear({ type: 'account', report: { ...REPORT, accounts: [place], notes: [] } });
  store.hear({ type: 'server', state: 'lost', detail: text });
  store.hear({ type: 'turn_started', turn: 't1', text, provenance: 'pasted' });
  const rows = Array.from({ length: 40 }, () => instance(text, { az: text, type: text, private_ip: text }));
  const tools = [
    callView('list_instances', { filter: text }, done(instances(rows)), 'c1'),
    callView(
      'get_metric',
      {},
      done({ series: [{ ...cpu(text, [1, 2]), unit: text }], coverage: SEEN, call: FACTS }),
      'c2',
    ),
    callView(text, { [text]: text }, done({}, text.repeat(50)), 'c3'),
  ];
  for (const view of tools) store.hear({ type: 'call', turn: 't1', view });
  for (const tone of ['answer', 'note', 'error'] as const)
    store.hear({ type: 'say', turn: 't1', tone, text });
  store.hear({ type: 'say', turn: 't1', tone: 'answer', text, format: 'markdown' });
  store.hear({ type: 'say_part', turn: 't1', say: 's', text: `${text}\n\n${text}` });
  const proposal = rebootProposal({
    arguments: { instances: [text] },
    targets: [{ kind: text, id: text, name: text, was: { [text]: text }, becomes: { state: text } }],
    takes_away: [{ kind: text, with: text, count: 1, among: [text], population: 1 }],
    cli: [text],
  });
  store.hear({ type: 'approval_asked', turn: 't1', call: 'c9', proposal, flagged: [text] });
  const drawn = (state: TerminalState): Line[] => [
    ...state.finished.flatMap((item) => itemLines(item, '0', NOW, viewContext(state))),
    ...liveFrame(state, viewContext(state)).lines,
  ];
  const asked = drawn(store.state());
  store.hear({ type: 'turn_ended', turn: 't1', outcome: 'answered' });
  store.press(press('o', { ctrl: true }));
  const state = store.state();
  store.stop();
  return { state, lines: [...asked, ...drawn(state)] };
}

describe('text from outside', () => {
  it('never reaches the terminal as anything but text, wherever it is shown', () => {
    fc.assert(
      fc.property(nasty, fc.boolean(), (text, screenReader) => {
        for (const line of scene(text, screenReader).lines)
          expect(lineText(line)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[\u{e0000}-\u{e0fff}]/u);
      }),
      { numRuns: 12 },
    );
  });

  it('is shown as an escape a person can read, in an answer, a name and a dialog', () => {
    const text = scene('web\u202e1', false).lines.map(lineText).join('\n');
    expect(text.match(/web\\u\{202e\}1/g)?.length).toBeGreaterThan(8);
  });
});

describe('the theme', () => {
  const bad: Line = [{ text: 'down', tone: 'bad' }];
  const drawn = (
    environment: Record<string, string>,
    choice?: 'auto' | 'dark' | 'light',
    coloured?: boolean,
  ) => styled(bad, themeFor(environment, choice, coloured));

  it('colours with the first eight colours only', () => {
    for (const theme of [themeFor({}, 'dark'), themeFor({}, 'light')])
      for (const { open } of Object.values(theme))
        expect(open).toMatch(/^(?:\u001b\[(?:[1-9]|1;)?(?:3[0-7])?m)?$/);
    expect(drawn({})).toBe('\u001b[31mdown\u001b[39m');
  });

  it('is without colour when asked, and without any code on a terminal that knows none', () => {
    expect(drawn({ NO_COLOR: '1' })).toBe('\u001b[1mdown\u001b[22m');
    expect(drawn({}, 'dark', false)).toBe('\u001b[1mdown\u001b[22m');
    expect(drawn({ TERM: 'dumb' })).toBe('down');
  });

  it('goes by what is set, else by what the terminal says of its ground', () => {
    const [dark, light] = [themeFor({}, 'dark'), themeFor({}, 'light')];
    expect(dark.warn).not.toEqual(light.warn);
    expect(themeFor({ COLORFGBG: '0;15' })).toBe(light);
    expect(themeFor({ COLORFGBG: '0;default;7' })).toBe(light);
    expect(themeFor({ COLORFGBG: '15;0' })).toBe(dark);
    expect(themeFor({ COLORFGBG: '15;8' })).toBe(dark);
    expect(themeFor({ COLORFGBG: 'default;default' })).toBe(dark);
    expect(themeFor({ COLORFGBG: '0;15' }, 'dark')).toBe(dark);
  });
});
