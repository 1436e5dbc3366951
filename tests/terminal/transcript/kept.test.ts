import { describe, expect, it } from 'vitest';
import { liveFrame, viewContext } from '../../../src/terminal/frame.ts';
import { leavesOut } from '../../../src/terminal/pager/leaves-out.ts';
import { reduce } from '../../../src/terminal/reduce.ts';
import { initialState, type TerminalState } from '../../../src/terminal/state.ts';
import { lineText } from '../../../src/terminal/text/lines.ts';
import { itemLines } from '../../../src/terminal/transcript/item-view.ts';
import { bounded, type Kept, withKept } from '../../../src/terminal/transcript/kept.ts';
import { letGoOfDrawn } from '../../../src/terminal/transcript/let-go.ts';
import { ESC, press } from '../press.ts';
import { callView, done, instance, instances, NOW } from '../samples.ts';

const AT = { wall: NOW, steady: 0 };
const size = { columns: 80, rows: 24 };
const start = () => initialState({ language: 'en', version: '0', timeZone: 'UTC', size, at: AT });
const listing = (id: string, count: number, padding = '') =>
  callView(
    'list_instances',
    {},
    done(instances(Array.from({ length: count }, (_, n) => instance(`${id}-${n}${padding}`)))),
    id,
  );
const hear = (state: TerminalState, view: ReturnType<typeof listing>) =>
  reduce(state, { type: 'engine', event: { type: 'call', turn: 't1', view }, encrypted: false, at: AT })
    .state;
const key = (state: TerminalState, input: string, ctrl = false) =>
  reduce(state, { type: 'press', press: press(input, { ctrl }), at: AT }).state;
const frame = (state: TerminalState) => liveFrame(state, viewContext(state)).lines.map(lineText).join('\n');

describe('results that can be opened', () => {
  it('are those whose cards leave something out; the key goes from the newest to the ones before', () => {
    const state = [listing('small', 3), listing('first', 50), listing('second', 60)].reduce(hear, start());
    expect(state.kept.map(({ view }) => view.id)).toEqual(['first', 'second']);
    expect(leavesOut(listing('small', 3), viewContext(state))).toBe(false);
    const opened = key(state, 'o', true);
    expect(frame(opened)).toContain('second-0');
    const before = key(opened, 'o', true);
    expect(frame(before)).toContain('first-0');
    expect(frame(key(before, 'o', true))).toContain('second-0');
    const closed = reduce(before, { type: 'press', press: ESC, at: AT }).state;
    expect(closed.pager).toBeNull();
    expect(frame(closed)).toContain('› Say what you want');
  });

  it('shows what a table had no room for: cells that were cut, columns that were dropped', () => {
    const wide = listing('wide', 1, '-쿠버네티스-노드-그룹-seoul-production-a');
    const state = hear(start(), wide);
    expect(leavesOut(wide, viewContext(state))).toBe(true);
    const opened = frame(key(state, 'o', true));
    expect(opened).toMatch(/wide-0-쿠버네티스-노드-그룹-seoul-prod .*\n {2}uction-a/);
    expect(opened).toContain('private IP: 10.');
    expect(opened).not.toContain('…');
  });

  it('writes nothing into the prompt while one is open', () => {
    const opened = key(hear(start(), listing('first', 50)), 'o', true);
    const pasted = reduce(key(opened, 'j'), { type: 'paste', text: 'rm', at: AT }).state;
    expect(pasted.pager?.offset).toBe(1);
    expect(pasted.prompt.text).toBe('');
  });

  it('closes one that is no longer kept', () => {
    const opened = key(hear(start(), listing('first', 50)), 'o', true);
    const closed = key({ ...opened, kept: [] }, 'j');
    expect(closed.pager).toBeNull();
    expect(key(closed, 'x').prompt.text).toBe('x');
  });

  it('says that there is none', () => {
    const state = key(start(), 'o', true);
    expect(state.finished.at(-1)).toMatchObject({ notice: { text: 'Nothing is folded.' } });
  });
});

describe('a result too heavy to be kept whole', () => {
  const heavy = listing('huge', 3_000, 'x'.repeat(4_000));

  it('loses the end of its list, and its card says how much is there', () => {
    const { view, weight, cut } = bounded(heavy);
    expect(cut?.of).toBe(3_000);
    expect(cut?.kept).toBeLessThan(2_000);
    expect(weight).toBeLessThan(7_000_000);
    const state = hear(start(), heavy);
    const item = state.finished.at(-1);
    const card = item ? itemLines(item, '0', NOW, viewContext(state)).map(lineText).join('\n') : '';
    expect(card).toMatch(/Too large to keep whole: 1,\d{3} of 3,000 rows/);
    expect(view.id).toBe('huge');
  });

  it('is let go when later ones are heavier than all that is kept', () => {
    const kept = Array.from({ length: 8 }, (_, n) => ({
      view: listing(`r${n}`, 1),
      weight: 5_000_000,
      cut: null,
    }));
    expect(kept.reduce<Kept[]>(withKept, []).map(({ view }) => view.id)).toEqual(['r4', 'r5', 'r6', 'r7']);
  });

  it('does not hold up an unknown text of any length', () => {
    const view = callView('no_such_tool', {}, done({}, `${'y'.repeat(3_000_000)}\n`.repeat(3)), 'long');
    const state = hear(start(), view);
    const item = state.finished.at(-1);
    expect(item ? itemLines(item, '0', NOW, viewContext(state)).length : 0).toBeLessThan(400);
  });
});

describe('what was drawn', () => {
  it('is let go but for the newest, and keeps its place', () => {
    const many = Array.from({ length: 200 }, (_, n) => listing(`n${n}`, 1)).reduce(hear, start());
    expect(letGoOfDrawn(many, 0)).toBe(many);
    const after = letGoOfDrawn(many, many.finished.length);
    expect(after.finished.map(({ id }) => id)).toEqual(many.finished.map(({ id }) => id));
    expect(after.finished.filter(({ kind }) => kind === 'gone').length).toBeGreaterThan(100);
    const [, first] = after.finished;
    expect(first).toMatchObject({ kind: 'gone', text: expect.stringMatching(/n0-0 +running/) });
    expect(letGoOfDrawn(after, after.finished.length)).toBe(after);
    expect(after.finished.slice(-40)).toEqual(many.finished.slice(-40));
  });
});
