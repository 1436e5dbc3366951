import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** `$XDG_CONFIG_HOME/aiops`; a variable that is not an absolute path counts as unset, as XDG says. */
export function configurationFolder({ XDG_CONFIG_HOME: set, HOME }: NodeJS.ProcessEnv): string {
  return join(set && isAbsolute(set) ? set : join(HOME || homedir(), '.config'), 'aiops');
}
