import { foldCase } from '../../mcp-server/contract/name-folding.ts';
import { REGION_NAMES } from '../planner/vocabulary/places.ts';

/** The region that is called so (`seoul`, `서울`, `首尔`), or else what was said. */
export function regionMeant(said: string): string {
  const folded = foldCase(said);
  const named = Object.entries(REGION_NAMES).find(([, names]) => names.split(' | ').includes(folded));
  return named?.[0] ?? folded;
}
