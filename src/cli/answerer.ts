import { approverIn, opensKey } from '../approval/approver.ts';
import { namesExactly } from '../approval/names-exactly.ts';
import { askOnTerminal, NoTerminalError } from '../approval/terminal-device.ts';
import { WORDS } from '../language/conversation.ts';
import { configurationFolder } from './configuration-folder.ts';
import type { Options } from './options.ts';
import type { Answerer } from './parts.ts';
import { hasTerminal, readSecret } from './secret.ts';
import { UsageError } from './usage-error.ts';

/**
 * Answers proposals outside the chat: a proposal that `--approve` names exactly is a yes, any other is asked
 * on the terminal device, and so is every yes for the future.
 */
export function createAnswerer(
  options: Options,
  environment: NodeJS.ProcessEnv,
  stopwatch: () => number,
): Answerer {
  const folder = configurationFolder(environment);
  return {
    answerable: (proposal) => namesExactly(options.approve, proposal) || hasTerminal(),
    dialog: (proposal) => !namesExactly(options.approve, proposal) && hasTerminal(),
    ask: async ({ proposal, flagged, standing, offer, language, signal }) => {
      const words = WORDS[language].approval;
      const encrypted = approverIn(
        folder,
        () => words,
        () => new Date(),
      ).encrypted();
      // A value that stands only in text from outside is for a person to look at, whatever a script allows.
      const named = !standing && flagged.length === 0 && namesExactly(options.approve, proposal);
      if (named && !encrypted) return { decision: 'approve' };
      try {
        return await askOnTerminal({
          proposal,
          flagged,
          encrypted,
          opens: (passphrase) => opensKey(folder, passphrase),
          offer,
          words,
          now: () => new Date(),
          clock: stopwatch,
          ...(standing ? { standing } : {}),
          ...(signal ? { signal } : {}),
        });
      } catch (error) {
        if (!(error instanceof NoTerminalError)) throw error;
        if (standing) throw new UsageError(words.standing.noTerminal);
        const locked = named ? `${words.key({ code: 'passphrase_needed' })} ` : '';
        throw new UsageError(locked + words.noTerminal);
      }
    },
    secret: readSecret,
  };
}
