/** Case and width aside: `ＷＥＢ－１` is `web-1`. What every other fold begins with. */
export function foldCase(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/**
 * One spelling for names that are the same to a person: case, width (`ｗｅｂ１`) and separators aside
 * (`web1`, `Web-1` and `web_1` are one). Nothing else is folded: characters that cannot be seen or that
 * merely look alike make a different name. (`\s` would fold U+FEFF, which cannot be seen.)
 */
export function foldName(name: string): string {
  return foldKeepingParts(name).replaceAll('-', '');
}

/** The same with separators kept, all of them as `-`: for globs, where `web-*` does not mean `webhook`. */
export function foldKeepingParts(name: string): string {
  return foldCase(name).replace(/[\p{Zs}\t\n\r\-_./·‐-―]+/gu, '-');
}

/**
 * Letters and digits alone, for a rule that must hold for whatever reads like a name: here invisible
 * characters make no other name. Never for finding what somebody means: it takes too much for the same.
 */
export function foldToLetters(name: string): string {
  const letters = foldCase(name).replace(/[^\p{L}\p{N}]/gu, '');
  return letters === '' ? name : letters;
}
