/** What a terminal obeys or hides and JSON leaves as it is: C1 controls, format characters, line separators. */
const OBEYED = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as one line of JSON that is the same value to a program and harmless to a terminal. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(OBEYED, escaped);
}

/** As JSON escapes it: each UTF-16 code unit by itself. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at).toString(16).padStart(4, '0');
    return `\\u${unit}`;
  }).join('');
}
