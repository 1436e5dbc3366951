/**
 * One thing the doctor looked at. `note`: nothing to do, and good to know; `warning`: it works, with something
 * amiss; `failure`: something will not work before that is mended.
 */
export type Check = {
  name: string;
  status: 'good' | 'note' | 'warning' | 'failure';
  found: string;
  /** What to do about it; for a warning and a failure. */
  todo?: string;
};

export function good(name: string, found: string): Check {
  return { name, status: 'good', found };
}

export function note(name: string, found: string): Check {
  return { name, status: 'note', found };
}

export function warning(name: string, found: string, todo: string): Check {
  return { name, status: 'warning', found, todo };
}

export function failure(name: string, found: string, todo: string): Check {
  return { name, status: 'failure', found, todo };
}
