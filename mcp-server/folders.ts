import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where a user's files belong, by the XDG Base Directory Specification: a variable that is unset, empty or
 * not absolute counts as unset.
 */
export function stateFolder(environment: NodeJS.ProcessEnv): string {
  return join(base(environment.XDG_STATE_HOME, '.local/state', environment), 'aiops');
}

export function configurationFile(environment: NodeJS.ProcessEnv): string {
  return join(base(environment.XDG_CONFIG_HOME, '.config', environment), 'aiops', 'config.yaml');
}

function base(variable: string | undefined, otherwise: string, environment: NodeJS.ProcessEnv): string {
  return variable && isAbsolute(variable) ? variable : join(environment.HOME || homedir(), otherwise);
}
