import { TRADITIONAL } from './vocabulary/traditional.ts';

/** Texts longer than this are not commands: nothing is read into them. In characters. */
export const LONGEST_COMMAND = 4000;

const INVISIBLE =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\ufe00-\ufe0f]|\u034f|\u17b4|\u17b5/gu;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/gu;

const PUNCTUATION: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‛': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '《': '"',
  '》': '"',
  '〈': '"',
  '〉': '"',
  '。': '.',
  '，': ',',
  '、': '、',
  '；': ';',
  '：': ':',
  '？': '?',
  '！': '!',
  '…': '.',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': ', ',
  '−': '-',
  '→': ' ',
};

/**
 * One spelling for what looks or means the same: compatibility forms, case and width folded, invisible
 * and direction-changing characters gone, quotes and punctuation in one form, traditional Chinese
 * characters as simplified ones.
 */
export function normalise(text: string): string {
  const folded = text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    // A line that ends with a colon announces the next: what follows stands in its sentence.
    .replace(/:[ \t]*[\r\n]+/gu, ': ')
    .replace(/[\r\n]+/gu, ' ; ')
    .replace(CONTROL, ' ')
    .toLowerCase()
    .normalize('NFC');
  let out = '';
  for (const char of folded) out += PUNCTUATION[char] ?? TRADITIONAL.get(char) ?? char;
  return out
    .replace(/\b(what|who|how|where|when)'?s\b(?!-)/gu, '$1 is')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** A name as it is compared: case, width and separators folded (`Web_1` is `web-1` is `web 1`). */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\s\-_.]+/gu, '');
}

/** How an identifier that is not a name (an id, an ARN) is compared. */
export function foldId(id: string): string {
  return id.normalize('NFKC').toLowerCase();
}
