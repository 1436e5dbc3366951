import type { SchemaProblem } from '../../contract/schema-problems.ts';
import type { AccountDocument } from './account.ts';

type FunctionEntry = AccountDocument['lambda'][number];

/** Versions that AWS still keeps from before the run, beside the newest. */
const KEPT_BEFORE = 4;

/** The published versions a function begins with: the newest is what the file has, before it the last few. */
export function keptVersions({ version }: FunctionEntry): number[] {
  const newest = Number(version ?? 0);
  if (!Number.isInteger(newest) || newest < 1) return [];
  const oldest = Math.max(1, newest - KEPT_BEFORE);
  return Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index);
}

/** An alias must serve what is there. */
export function versionProblems({ lambda }: AccountDocument): SchemaProblem[] {
  return lambda.flatMap((one, place) => {
    const kept = keptVersions(one).map(String);
    const known = kept.length === 0 ? '"version" is missing' : `it has ${kept.join(', ')}`;
    return Object.entries(one.aliases ?? {}).flatMap(([alias, serves]) => {
      const versions = typeof serves === 'string' ? [serves] : [serves.version, ...Object.keys(serves.split)];
      return versions
        .filter((version) => version !== '$LATEST' && !kept.includes(version))
        .map(
          (version): SchemaProblem => ({
            path: ['lambda', place, 'aliases', alias],
            message: `${one.name} has no version ${version}: ${known}.`,
            fix: 'Serve one that it has; "version" is the newest.',
            atKey: false,
          }),
        );
    });
  });
}
