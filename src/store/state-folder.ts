import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** `$XDG_STATE_HOME/aiops`; a variable that is not an absolute path counts as unset, as XDG says. */
export function stateFolder({ XDG_STATE_HOME: set, HOME }: NodeJS.ProcessEnv): string {
  return join(set && isAbsolute(set) ? set : join(HOME || homedir(), '.local', 'state'), 'aiops');
}
