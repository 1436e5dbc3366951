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
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Zs}\t\n\r\-_./·‐-―]+/gu, '-');
}
