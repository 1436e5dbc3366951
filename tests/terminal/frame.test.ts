import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/domain/events.ts';
import { LANGUAGES, type Language } from '../../src/domain/reading.ts';
import { approvalWords } from '../../src/language/en/approval.ts';
import { terminalWords } from '../../src/language/terminal.ts';
import { liveFrame, viewContext } from '../../src/terminal/frame.ts';
import { reduce } from '../../src/terminal/reduce.ts';
import { initialState, type TerminalAction, type TerminalState } from '../../src/terminal/state.ts';
import { statusLine } from '../../src/terminal/status/status-view.ts';
import { lineCells } from '../../src/terminal/text/cells.ts';
import { lineText } from '../../src/terminal/text/lines.ts';
import { itemLines } from '../../src/terminal/transcript/item-view.ts';
import { ENTER, press } from './press.ts';
import {
  callView,
  done,
  instance,
  instances,
  NOW,
  REPORT,
  rebootProposal,
  terminateProposal,
} from './samples.ts';

const AT = { wall: NOW, steady: 0 };
type Event = (state: TerminalState) => TerminalState;

const hear =
  (event: EngineEvent): Event =>
  (state) =>
    reduce(state, { type: 'engine', event, encrypted: false, at: AT }).state;
const act =
  (action: TerminalAction): Event =>
  (state) =>
    reduce(state, action).state;
const type = (text: string) => act({ type: 'press', press: press(text), at: AT });
const enter = act({ type: 'press', press: ENTER, at: AT });

const ready = hear({ type: 'account', report: REPORT });
const begin = hear({ type: 'turn_started', turn: 't1', text: 'x', provenance: 'typed' });
const running = hear({
  type: 'call',
  turn: 't1',
  view: callView('list_instances', {}, { status: 'running', startedAt: NOW - 5_000 }),
});
const listed = hear({
  type: 'call',
  turn: 't1',
  view: callView(
    'list_instances',
    {},
    done(instances(Array.from({ length: 80 }, (_, n) => instance(`web-${n}`)))),
  ),
});
const asking = (proposal = rebootProposal()) =>
  hear({ type: 'approval_asked', turn: 't1', call: 't1.1', proposal, flagged: ['seen only in a tag'] });

const SCENES: Record<string, Event[]> = {
  first: [],
  idle: [ready],
  typing: [ready, type('웹 서버 목록 보여줘 '.repeat(4))],
  pasted: [
    ready,
    act({ type: 'paste', text: 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine', at: AT }),
  ],
  running: [ready, begin, running, type('then this'), enter, type('and that'), enter],
  dialog: [ready, begin, asking()],
  naming: [ready, begin, asking(terminateProposal()), act({ type: 'tick', at: { wall: NOW, steady: 900 } })],
  writing: [
    ready,
    begin,
    hear({
      type: 'say_part',
      turn: 't1',
      say: 's1',
      text: `## So\n\n${'Much is said here. '.repeat(60)}\n\n- **one**\n- two\n\n\`\`\`sh\n${'echo 1234567890 '.repeat(12)}\n`,
    }),
  ],
  pager: [ready, begin, listed, act({ type: 'press', press: press('o', { ctrl: true }), at: AT })],
  notices: [
    ready,
    type('/help'),
    enter,
    type('/account'),
    enter,
    type('/approvals'),
    enter,
    type('/zzz'),
    enter,
  ],
};

function scene(name: string, columns: number, rows: number, language: Language = 'en') {
  const start = initialState({ language, version: '0', timeZone: 'UTC', size: { columns, rows }, at: AT });
  const state = (SCENES[name] ?? []).reduce((before, event) => event(before), start);
  const context = viewContext(state);
  const frame = liveFrame(state, context);
  return { state, context, frame, text: frame.lines.map(lineText).join('\n') };
}

describe('the live frame', () => {
  it.each(Object.keys(SCENES))(
    '%s is narrower and shorter than the screen, with the cursor inside',
    (name) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 12, max: 140 }),
          fc.integer({ min: 8, max: 50 }),
          fc.constantFrom(...LANGUAGES),
          (columns, rows, language) => {
            const { state, context, frame } = scene(name, columns, rows, language);
            expect(frame.lines.length).toBeLessThan(rows);
            for (const line of frame.lines) expect(lineCells(line)).toBeLessThanOrEqual(columns);
            if (frame.cursor) {
              expect(frame.cursor.y).toBeLessThan(frame.lines.length);
              expect(frame.cursor.x).toBeLessThan(columns);
            }
            for (const item of state.finished) {
              for (const line of itemLines(item, '0', NOW, context)) {
                expect(lineCells(line)).toBeLessThanOrEqual(columns);
              }
            }
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  it('shows what is typed ahead while a turn runs', () => {
    const { text } = scene('running', 80, 24);
    expect(text).toContain('list_instances 5 s');
    expect(text).toContain('queued: then this');
    expect(text).toContain('queued: and that');
  });

  it('marks a pasted text as one that will ask', () => {
    expect(scene('pasted', 80, 24).text).toContain(terminalWords('en').prompt.pasted);
    expect(scene('pasted', 20, 12).text).toContain('pasted');
  });

  it('shows all of a proposal: state, blast radius, undo, identity, place, end, CLI, flags', () => {
    const { text } = scene('dialog', 120, 40);
    for (const part of [
      'reboot_instances',
      'destructive',
      'api-1 (i-0api1)',
      `web-1 (i-0web1): ${approvalWords.feltAs.calls_it}`,
      approvalWords.noUndo.nothing_to_take_back,
      `api-targets (tg-api): ${approvalWords.feltAs.group_may_find_it_unhealthy}`,
      'assumed-role/oncall/jane',
      '111122223333 · ap-northeast-2',
      'Open for       15 min',
      'aws ec2 reboot-instances --instance-ids i-0api1',
      'seen only in a tag',
      'y approve',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('keeps the answers of a dialog in sight on a small screen and says that there is more', () => {
    const { text } = scene('dialog', 40, 14);
    expect(text).toContain('y approve');
    expect(text).toMatch(/↓ \+\d+ more/);
  });

  it('asks for the name of what cannot be undone', () => {
    const { text, frame } = scene('naming', 100, 40);
    expect(text).toContain('type the name: bastion');
    expect(frame.cursor).not.toBeNull();
  });
});

describe('the status line', () => {
  const at = (columns: number, change: Partial<TerminalState> = {}) => {
    const { state } = scene('idle', columns, 24);
    return lineText(statusLine({ ...state, server: 'ready', ...change }, terminalWords('en'), columns));
  };

  it('says account, simulation, region, identity, model and connection', () => {
    expect(at(140)).toBe(
      'shop · SIMULATED · 111122223333 · ap-northeast-2, us-east-1 · oncall/jane · built-in · monitoring off · connected',
    );
  });

  it('keeps the dearest when room is short: that it is simulated, that it is read-only, that alarms fire', () => {
    const account = { ...REPORT, read_only: true };
    expect(at(34, { account, firing: 2 })).toMatch(/shop · SIMULATED · read-only/);
    expect(at(24, { account, firing: 2 })).toBe('shop · SIM · ro · !2');
    expect(at(20, { account, firing: 2 })).toContain('SIM');
  });

  it('says when nobody listens', () => {
    expect(at(40, { server: 'lost' })).toContain('connection lost');
  });
});
