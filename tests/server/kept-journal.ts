import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Home } from './running-server.ts';

/** Every request that changed a home's kept accounts, in order, whoever sent it: read past every server. */
export function executed(home: Home): string[] {
  const folder = join(home.folder, 'state', 'aiops', 'simulated');
  if (!existsSync(folder)) return [];
  const journals = readdirSync(folder).filter((name) => name.endsWith('.journal'));
  return journals.flatMap((name) => {
    using journal = new DatabaseSync(join(folder, name), { readOnly: true, timeout: 5_000 });
    const rows = journal.prepare('SELECT body FROM entries ORDER BY seq').all();
    return rows.map(({ body }) => String(JSON.parse(String(body)).event));
  });
}
