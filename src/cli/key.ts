import { existsSync } from 'node:fs';
import { changePassphrase, needsPassphrase, unlockKey } from '../approval/key.ts';
import { KeyError, keyPaths } from '../approval/key-folder.ts';
import { WORDS } from '../language/conversation.ts';
import { configurationFolder } from './configuration-folder.ts';
import { configuredLanguage } from './configured-language.ts';
import type { ExitName } from './exit-codes.ts';
import { jsonLine } from './json-line.ts';
import type { Options } from './options.ts';
import type { Output } from './output.ts';
import type { CliParts } from './parts.ts';

/** `aiops key`: where the approver's key is and what names it. Never the key itself. */
export async function keyShow(options: Options, parts: CliParts, output: Output): Promise<ExitName> {
  const folder = configurationFolder(parts.environment);
  const { privateKey: path } = keyPaths(folder);
  return await orKeyProblem(options, parts, output, () => {
    if (!existsSync(path)) {
      output.note(`There is no key yet; the first approval makes ${path}`);
      return 'done';
    }
    const locked = needsPassphrase(folder);
    const id = locked ? null : unlockKey(folder).id;
    if (options.json) output.data(jsonLine({ path, passphrase: locked, id }));
    else {
      output.data(`key         ${path}`);
      output.data(`passphrase  ${locked ? 'yes' : 'no'}`);
      if (id) output.data(`approver    ${id}`);
    }
    return 'done';
  });
}

/** `aiops key passphrase`: asks for the old one when there is one, and twice for the new. */
export async function keyPassphrase(options: Options, parts: CliParts, output: Output): Promise<ExitName> {
  const folder = configurationFolder(parts.environment);
  const answerer = await parts.openAnswerer(options);
  return await orKeyProblem(options, parts, output, async () => {
    unlockOrLocked(folder);
    const from = needsPassphrase(folder) ? await answerer.secret('Passphrase now: ') : undefined;
    if (from === null) return 'interrupted';
    const to = await answerer.secret('New passphrase (empty for none): ');
    if (to === null) return 'interrupted';
    const again = to === '' ? '' : await answerer.secret('The same again: ');
    if (again !== to) {
      output.note('The two are not the same; nothing was changed.');
      return 'failed';
    }
    changePassphrase(folder, from, to === '' ? null : to);
    output.note(to === '' ? 'The key has no passphrase now.' : 'The key has a passphrase now.');
    return 'done';
  });
}

/** Makes the key when there is none; one that is locked is there. */
function unlockOrLocked(folder: string): void {
  if (!needsPassphrase(folder)) unlockKey(folder);
}

async function orKeyProblem(
  options: Options,
  parts: CliParts,
  output: Output,
  work: () => ExitName | Promise<ExitName>,
): Promise<ExitName> {
  const { approval } = WORDS[(await configuredLanguage(options, parts.environment)) ?? 'en'];
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    output.note(approval.key(error.problem));
    return 'failed';
  }
}
