import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

export type Edited =
  | { kind: 'edited'; text: string }
  | { kind: 'no_editor' }
  | { kind: 'failed'; command: string; why: string };

/** What there is on nearly every machine, when no variable names one. */
const USUAL = ['nano', 'vi'];

/**
 * Opens a text in the person's editor (`VISUAL`, else `EDITOR`; blanks part its arguments, no shell reads them)
 * and resolves once it is closed. The file is the person's alone and gone afterwards, whatever happens. The
 * terminal must be the editor's meanwhile.
 */
export async function editOutside(text: string, environment: Environment): Promise<Edited> {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-prompt-'));
  // The terminal can be closed under the editor: then this process ends before the editor does.
  const clear = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', clear);
  try {
    const file = join(folder, 'prompt.txt');
    await writeFile(file, text, { mode: 0o600 });
    const ran = await runEditor(file, environment);
    if (ran.kind !== 'closed') return ran;
    return { kind: 'edited', text: (await readFile(file, 'utf8')).replace(/\r?\n$/, '') };
  } finally {
    process.off('exit', clear);
    clear();
  }
}

type Ran = { kind: 'closed' } | Exclude<Edited, { kind: 'edited' }>;

async function runEditor(file: string, environment: Environment): Promise<Ran> {
  const named = [environment.VISUAL, environment.EDITOR].find((one) => one?.trim());
  for (const command of named ? [named.trim()] : USUAL) {
    const ran = await run(command.split(/\s+/), file);
    if (ran === 'missing' && !named) continue;
    if (ran === 'missing') return { kind: 'failed', command, why: 'there is no such program.' };
    return ran === 'closed' ? { kind: 'closed' } : { kind: 'failed', command, why: ran };
  }
  return { kind: 'no_editor' };
}

/** Resolves to how it ended: closed, missing, or why it failed. */
async function run([program = '', ...args]: readonly string[], file: string): Promise<string> {
  // Ctrl+C in the editor reaches this process too, and is none of its business.
  const ignore = () => {};
  process.on('SIGINT', ignore);
  try {
    return await new Promise((resolve) => {
      const child = spawn(program, [...args, file], { stdio: 'inherit' });
      child.once('error', (error: NodeJS.ErrnoException) =>
        resolve(error.code === 'ENOENT' ? 'missing' : `${error.message}.`),
      );
      child.once('close', (code, signal) => {
        if (code === 0) resolve('closed');
        else resolve(signal ? `it ended with ${signal}.` : `it ended with exit code ${code}.`);
      });
    });
  } finally {
    process.off('SIGINT', ignore);
  }
}
