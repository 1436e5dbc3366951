import { spawn as spawnChild } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approvalWords as words } from '../../src/language/en/approval.ts';

const FIXTURE = fileURLToPath(new URL('./fixtures/ask.ts', import.meta.url));

let folder: string;
let answer: string;
let running: IPty[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aiops-tty-'));
  answer = join(folder, 'answer');
  running = [];
});
afterEach(() => {
  for (const pty of running) pty.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

type Screen = {
  text: () => string;
  ended: Promise<void>;
  shows(text: string): Promise<void>;
  write(keys: string): void;
  /** One key, and the question drawn anew for it. */
  press(key: string): Promise<void>;
};

const REDRAWN = '\u001b[J';

/** The program under a shell, that writes the terminal's modes down when it has ended. */
function ask(redirect: string, ...args: string[]): Screen {
  const command = `"$0" "$@" ${redirect}; stty -a > "${answer}.stty"`;
  const pty = spawn('sh', ['-c', command, process.execPath, FIXTURE, answer, ...args], {
    cols: 100,
    rows: 40,
  });
  running.push(pty);
  let text = '';
  let waiting: { until: () => boolean; resolve: () => void }[] = [];
  pty.onData((data) => {
    text += data;
    for (const wait of waiting) if (wait.until()) wait.resolve();
    waiting = waiting.filter((wait) => !wait.until());
  });
  const when = (until: () => boolean) =>
    new Promise<void>((resolve) => {
      if (until()) resolve();
      else waiting.push({ until, resolve });
    });
  const drawn = () => text.split(REDRAWN).length;
  return {
    text: () => text,
    ended: new Promise<void>((resolve) => pty.onExit(() => resolve())),
    shows: (wanted) => when(() => text.includes(wanted)),
    write: (keys) => pty.write(keys),
    press: async (key) => {
      const before = drawn();
      pty.write(key);
      await when(() => drawn() > before && text.slice(text.lastIndexOf(REDRAWN)).length > REDRAWN.length);
    },
  };
}

/** Presses a key that decides nothing until the dialog hears. */
async function untilHeard(screen: Screen): Promise<void> {
  await screen.shows(words.label.expires);
  while (!screen.text().includes(words.enterIgnored)) await screen.press('\r');
}

function modes(): string {
  return readFileSync(`${answer}.stty`, 'utf8');
}

describe('asking on the terminal device', () => {
  it('takes a y that is pressed when the question has been on the screen', async () => {
    const screen = ask('', 'call');
    await screen.shows(words.keys.without_edit);
    await untilHeard(screen);
    screen.write('y');
    await screen.ended;
    expect(readFileSync(answer, 'utf8')).toBe('{"decision":"approve"}');
    // The signature is made later, by whoever asked.
    expect(screen.text()).not.toContain(words.approved);
    expect(screen.text()).not.toContain('e edit');
  });

  it('drops what was typed ahead', async () => {
    const screen = ask('', 'call');
    screen.write('y');
    await screen.shows(words.keys.without_edit);
    await untilHeard(screen);
    screen.write('n');
    await screen.ended;
    expect(readFileSync(answer, 'utf8')).toBe('{"decision":"decline"}');
  });

  it('does not read what is piped into the program, nor write into what is piped out', async () => {
    const screen = ask(`< "${FIXTURE}" > "${answer}.out"`, 'call');
    await screen.shows(words.keys.without_edit);
    await untilHeard(screen);
    screen.write('\u001b');
    await screen.ended;
    expect(readFileSync(answer, 'utf8')).toBe('{"decision":"decline"}');
    expect(readFileSync(`${answer}.out`, 'utf8')).toBe('');
  });

  it('takes the name for what cannot be undone, then the passphrase, which does not show', async () => {
    const screen = ask('', 'terminate', 'encrypted');
    await screen.shows('type the name: bastion');
    await untilHeard(screen);
    for (const key of [...'bastion', '\r']) await screen.press(key);
    await screen.shows(words.passphrase);
    await screen.press('xyzzy42');
    screen.write('\r');
    await screen.ended;
    expect(readFileSync(answer, 'utf8')).toBe('{"decision":"approve","passphrase":"xyzzy42"}');
    expect(screen.text()).not.toContain('xyzzy');
  });

  it('asks for a wrong passphrase again, and keeps what is typed after the answer from the shell', async () => {
    const screen = ask('', 'call', 'encrypted');
    await screen.shows(words.keys.without_edit);
    await untilHeard(screen);
    await screen.press('y');
    await screen.press('wrong');
    await screen.press('\r');
    await screen.shows(words.key({ code: 'passphrase_wrong' }));
    for (const letter of 'e42') await screen.press(letter);
    await screen.press('\r');
    await screen.press('xyzzy42');
    await screen.press('\r');
    screen.write('leaked\r');
    await screen.ended;
    expect(readFileSync(answer, 'utf8')).toBe('{"decision":"approve","passphrase":"xyzzy42"}');
    expect(screen.text()).not.toContain('leaked');
  });

  it('takes three wrong passphrases for a no', async () => {
    const screen = ask('', 'call', 'encrypted');
    await screen.shows(words.keys.without_edit);
    await untilHeard(screen);
    await screen.press('y');
    for (const wrong of ['one', 'two', 'three']) {
      await screen.press(wrong);
      await screen.press('\r');
    }
    await screen.ended;
    expect(JSON.parse(readFileSync(answer, 'utf8'))).toMatchObject({ decision: 'decline' });
  });

  it('is over when the proposal is, with nobody pressing anything', async () => {
    const screen = ask('', 'ending');
    await screen.ended;
    expect(screen.text()).toMatch(/Open for: 1 s/);
    expect(readFileSync(answer, 'utf8')).toBe('{"decision":"expired"}');
  });

  it('leaves the terminal as it was, also when it is killed', async () => {
    const killed = ask('', 'call');
    await killed.shows(words.keys.without_edit);
    process.kill(Number(readFileSync(`${answer}.pid`, 'utf8')), 'SIGTERM');
    await killed.ended;
    expect(modes()).toMatch(/(^|\s)icanon/);
    expect(modes()).toMatch(/(^|\s)echo(\s|$)/);
    expect(killed.text()).toContain('\u001b[?2004l');

    const answered = ask('', 'call');
    await answered.shows(words.keys.without_edit);
    await untilHeard(answered);
    answered.write('n');
    await answered.ended;
    expect(modes()).toMatch(/(^|\s)icanon/);
  });

  it('says so when there is no terminal', async () => {
    const child = spawnChild(process.execPath, [FIXTURE, answer, 'call'], {
      detached: true,
      stdio: 'ignore',
    });
    await once(child, 'close');
    expect(readFileSync(answer, 'utf8')).toBe('no terminal');
  });
});
