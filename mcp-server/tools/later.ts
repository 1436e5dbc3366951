import { untouched } from '../cloud/call-failure.ts';
import { LATER } from '../contract/catalogue/later.ts';
import type { AnyTool } from './tool.ts';

/** The tools that are listed and cannot be carried out yet. Nothing is looked at or changed by any of them. */
export const LATER_TOOLS: readonly AnyTool[] = LATER.map(({ contract, needs, meanwhile }) => ({
  kind: 'read',
  contract,
  run: async () => {
    throw untouched(
      'not_configured',
      `${contract.name} needs ${needs}, which this version cannot be given yet.`,
      {
        hint: meanwhile,
      },
    );
  },
}));
