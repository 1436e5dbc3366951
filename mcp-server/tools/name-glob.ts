import { foldKeepingParts } from '../contract/name-folding.ts';

/**
 * Whether a name fits a glob (`*` any run of characters, `?` any one) as people read names: case and width
 * aside, any separator for any other. Goes back to the last `*` only, so that no pattern takes more than length × length steps.
 */
export function fitsGlob(glob: string, name: string): boolean {
  const pattern = [...foldKeepingParts(glob)];
  const text = [...foldKeepingParts(name)];
  let at = 0;
  let star: { pattern: number; text: number } | null = null;
  for (let p = 0; at < text.length || p < pattern.length; ) {
    const wanted = pattern[p];
    if (wanted === '*') {
      star = { pattern: p, text: at };
      p += 1;
    } else if (at < text.length && (wanted === '?' || wanted === text[at])) {
      p += 1;
      at += 1;
    } else if (star !== null && star.text < text.length) {
      star = { pattern: star.pattern, text: star.text + 1 };
      p = star.pattern + 1;
      at = star.text;
    } else {
      return false;
    }
  }
  return true;
}
