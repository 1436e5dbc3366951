import { describe, expect, it } from 'vitest';
import type { CallProposal } from '../../mcp-server/contract/proposal.ts';
import { NO_KEYS, readKeys } from '../../src/approval/device-keys.ts';
import { type ApprovalDialog, DEAF_MS, openDialog, pressDialog } from '../../src/approval/dialog.ts';

// The dialog: what a hand, a paste, a held key or an input method can send it. There is no log of keys; what
// counts is that none of this is a yes, and that without a yes nothing is signed.

const OPENED = 50_000;
const HEARD = OPENED + DEAF_MS;

function proposalFor(name: string, irreversible: boolean): CallProposal {
  return {
    version: 1,
    kind: 'call',
    id: 'AAAAAAAA',
    backend: { kind: 'aws', endpoint: null },
    identity: 'arn:aws:iam::111122223333:user/dana',
    account: '111122223333',
    region: 'eu-west-1',
    server: 'server',
    session: 'session',
    created_at: '2026-03-01T09:00:00.000Z',
    expires_at: '2026-03-01T09:15:00.000Z',
    digest: '0'.repeat(64),
    tool: irreversible ? 'terminate_instances' : 'stop_instances',
    arguments: { instances: ['i-0a0000000001'] },
    risk: 'destructive',
    irreversible,
    targets: [{ kind: 'instance', id: 'i-0a0000000001', name, was: { state: 'running' }, becomes: {} }],
    blast_radius: { affected: [], gaps: [] },
    undo: { possible: false, why: 'gone_for_good' },
    cli: [],
  };
}

type Key = [at: number, chunk: string];

function pressed(
  keys: Key[],
  { name = 'web-1', irreversible = false, encrypted = false } = {},
): ApprovalDialog {
  let dialog = openDialog({ proposal: proposalFor(name, irreversible), flagged: [], encrypted, at: OPENED });
  let reading = NO_KEYS;
  for (const [at, chunk] of keys) {
    const read = readKeys(reading, chunk, at);
    reading = read.keys;
    dialog = read.events.reduce(pressDialog, dialog);
  }
  return dialog;
}

const decisionOf = (dialog: ApprovalDialog) => (dialog.phase === 'settled' ? dialog.decision.decision : null);
const at = (time: number, ...chunks: string[]): Key[] => chunks.map((chunk) => [time, chunk]);
/** A letter held down from before the dialog opens until `to`, thirty times a second. */
const held = (letter: string, to: number): Key[] =>
  Array.from({ length: Math.floor((to - OPENED + 200) / 33) }, (_, nth) => [OPENED - 200 + nth * 33, letter]);

describe('no yes where y would do', () => {
  it.each<[tried: string, keys: Key[]]>([
    ['an empty Enter', at(HEARD, '\r')],
    ['Enter, a hundred times', at(HEARD, ...Array(100).fill('\r'))],
    ['a line feed', at(HEARD, '\n')],
    ['y typed ahead', at(OPENED - 1, 'y')],
    ['y in the first moment', at(OPENED, 'y')],
    ['y just before the half second is over', at(HEARD - 1, 'y')],
    ['y typed ahead, and Enter afterwards', [...at(OPENED - 10, 'y'), ...at(HEARD, '\r')]],
    ['y and Enter in one read', at(HEARD, 'y\r')],
    ['yes in one read', at(HEARD, 'yes')],
    ['yy in one read', at(HEARD, 'yy')],
    ['a bracketed paste of y', at(HEARD, '\u001b[200~y\u001b[201~')],
    ['a bracketed paste in pieces', at(HEARD, '\u001b[200~', 'y', '\r', '\u001b[201~')],
    ['a paste that never ends, then y', at(HEARD, '\u001b[200~abc', 'y')],
    ['a held y, ten seconds long', held('y', OPENED + 10_000)],
    ['an upper-case Y', at(HEARD, 'Y')],
    ['a full-width ｙ', at(HEARD, 'ｙ')],
    ['a Hangul ㅛ, on the same key', at(HEARD, 'ㅛ')],
    ['a Cyrillic у', at(HEARD, 'у')],
    ['a y with a mark over it', at(HEARD, 'ý', 'y\u0301')],
    ['a y with a zero-width joiner', at(HEARD, 'y\u200d')],
    ['Ctrl+Y', at(HEARD, '\u0019')],
    ['Alt+y', at(HEARD, '\u001by')],
    ['an arrow and then Enter', at(HEARD, '\u001b[A', '\r')],
    ['a space bar', at(HEARD, ' ')],
    ['Tab and Enter', at(HEARD, '\t', '\r')],
    ['a mouse click as the terminal reports it', at(HEARD, '\u001b[<0;10;10M')],
    ['네 and 是', at(HEARD, '네', '是')],
    ['a terminal’s answer to a question', at(HEARD, '\u001b[?1;2c', '\u001b[12;40R')],
    ['NUL', at(HEARD, '\u0000')],
  ])('%s', (_, keys) => {
    expect(decisionOf(pressed(keys))).not.toBe('approve');
  });

  it('CONTROL: y, once, after the half second', () => {
    expect(decisionOf(pressed(at(HEARD, 'y')))).toBe('approve');
  });

  it('CONTROL: y after a held key was let go for half a second', () => {
    const let_go = OPENED + 3_000;
    expect(decisionOf(pressed([...held('y', let_go), ...at(let_go + DEAF_MS, 'y')]))).toBe('approve');
  });

  it('a key with a passphrase: y alone signs nothing', () => {
    expect(decisionOf(pressed(at(HEARD, 'y'), { encrypted: true }))).toBeNull();
    expect(decisionOf(pressed(at(HEARD, 'y', '\r', '\r'), { encrypted: true }))).toBeNull();
  });
});

describe('no yes where the name is wanted', () => {
  const typed = (text: string) => [...text].map((letter): Key => [HEARD, letter]);
  it.each<[tried: string, name: string, keys: Key[]]>([
    ['y and Enter', 'web-1', [...typed('y'), ...at(HEARD, '\r')]],
    ['yes and Enter', 'web-1', [...typed('yes'), ...at(HEARD, '\r')]],
    ['the name, pasted', 'web-1', at(HEARD, '\u001b[200~web-1\u001b[201~', '\r')],
    ['the name and Enter in one read', 'web-1', at(HEARD, 'web-1\r')],
    ['the name and Enter in one read, and again', 'web-1', at(HEARD, 'web-1\r', 'web-1\r')],
    ['the name typed ahead', 'web-1', [...at(OPENED, 'w', 'e', 'b', '-', '1'), ...at(HEARD, '\r')]],
    ['another name', 'web-1', [...typed('web-2'), ...at(HEARD, '\r')]],
    ['the name in other case', 'web-1', [...typed('WEB-1'), ...at(HEARD, '\r')]],
    ['the name in full width', 'web-1', [...typed('ｗｅｂ－１'), ...at(HEARD, '\r')]],
    ['a machine called y', 'y', [...typed('y'), ...at(HEARD, '\r')]],
    ['a machine called yes', 'yes', [...typed('yes'), ...at(HEARD, '\r')]],
    ['a machine called n, declined', 'n', [...typed('n'), ...at(HEARD, '\r')]],
    ['a machine called Y', 'Y', [...typed('Y'), ...at(HEARD, '\r')]],
    ['a machine without a visible name', '\u200b', at(HEARD, '\u200b', '\r')],
    ['a machine whose name hides a character', 'web\u200b-1', [...typed('web-1'), ...at(HEARD, '\r')]],
    ['a machine whose name is empty', '', at(HEARD, '\r')],
    ['a machine whose name is a line end', '\r', at(HEARD, '\r', '\r')],
  ])('%s', (_, name, keys) => {
    expect(decisionOf(pressed(keys, { name, irreversible: true }))).not.toBe('approve');
  });

  it('CONTROL: the name, typed', () => {
    const keys = [...typed('web-1'), ...at(HEARD, '\r')];
    expect(decisionOf(pressed(keys, { irreversible: true }))).toBe('approve');
  });
});
