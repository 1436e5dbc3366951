/**
 * Text from outside (names, tags, reasons, console output) made safe to draw: what a terminal would obey
 * or hide is shown as an escape a person can read, never dropped, so that `web\u{202e}1` cannot pass for
 * another name. The result is plain: running it through again changes nothing.
 *
 * Shown as escapes: C0 and C1 controls, bidirectional and other format characters, invisible characters
 * (Unicode's Default_Ignorable_Code_Point), line and paragraph separators, lone surrogates, and combining
 * marks beyond the fourth in a row, which would paint over the lines around. Kept: a variation selector
 * directly after a pictograph, where it only chooses the glyph.
 */
export function plainLine(text: string): string {
  return SUSPECT.test(text) ? text.replace(ANY_SUSPECT, escaped) : text;
}

/** As `plainLine`, but line ends stay line ends (`\r\n` and a lone `\r` become `\n`) and a tab two spaces. */
export function plainBlock(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', '  ')
    .split('\n')
    .map((line) => plainLine(line))
    .join('\n');
}

const PATTERN = String.raw`(?<!\p{Extended_Pictographic})[\u{FE0E}\u{FE0F}]|[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\u{FE0E}\u{FE0F}]]|(?<=\p{M}{4})\p{M}`;
const SUSPECT = new RegExp(PATTERN, 'v');
const ANY_SUSPECT = new RegExp(PATTERN, 'gv');

const SHORT: Readonly<Record<string, string>> = {
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

function escaped(character: string): string {
  const short = SHORT[character];
  if (short) return short;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
