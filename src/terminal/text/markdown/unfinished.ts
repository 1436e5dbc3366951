/**
 * A text that is still being written, as it will most likely go on: what could yet become a mark is held back,
 * and what is open is closed. So a word that is to be bold is bold from its first letter, and a table shows as
 * one or not at all, instead of changing its shape when the closing mark arrives.
 */
export function likelyWhole(source: string): string {
  const at = source.lastIndexOf('\n') + 1;
  const above = source.slice(0, at);
  const last = source.slice(at);
  if (insideFence(source)) return source;
  const paragraph = above.slice(above.lastIndexOf('\n\n') + 1);
  if (tableToBe(paragraph, last))
    return source.slice(0, source.length - paragraph.trimStart().length - last.length);
  const held = ONLY_MARKS.test(last) ? '' : withoutMarkAtEnd(last);
  return above + held + closers(paragraph + held);
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

function insideFence(source: string): boolean {
  if (!source.includes('```') && !source.includes('~~~')) return false;
  let open: string | null = null;
  for (const line of source.split('\n')) {
    const fence = FENCE.exec(line.trimStart())?.[1];
    if (!fence) continue;
    if (open === null) open = fence;
    else if (fence[0] === open[0] && fence.length >= open.length) open = null;
  }
  return open !== null;
}

/** What may become a heading, an item, a quote, a rule, a fence or the line under a table's head. */
const ONLY_MARKS = /^(?:[#>*+\-=`~_|:\s]+|\s*\d{1,3}[.)]?\s*|\s*[*+-]\s+\[[ x]?)$/;

/** A row of a table is known as one only by the line under the first. */
function tableToBe(paragraph: string, last: string): boolean {
  const lines = `${paragraph}${last}`.trimStart().split('\n');
  if (!lines[0]?.startsWith('|')) return false;
  return lines.length < 2 || (lines.length === 2 && !/^\|?[\s|:-]+-[\s|:-]*\|\s*$/.test(lines[1] ?? ''));
}

/** The beginning of a mark, or of a link's address, at the very end. */
function withoutMarkAtEnd(line: string): string {
  return line.replace(/!?\[([^\]\n]*)(?:\](?:\([^)\s]*)?)?$/, '$1').replace(/[*_`~]+$/, '');
}

/** The marks that close what is open at the end of the text, innermost first. */
function closers(text: string): string {
  const open: string[] = [];
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    if (character === '\\') {
      at += 2;
      continue;
    }
    if (!MARKS.has(character)) {
      at += 1;
      continue;
    }
    let end = at;
    while (text[end] === character) end += 1;
    const run = text.slice(at, end);
    if (character === '`') {
      const closed = closingTicks(text, end, run);
      if (closed < 0) return run + reversed(open);
      at = closed;
      continue;
    }
    toggle(open, run, text[at - 1] ?? ' ', text[end] ?? ' ');
    at = end;
  }
  return reversed(open);
}

const MARKS: ReadonlySet<string> = new Set('*_~`');

function closingTicks(text: string, from: number, run: string): number {
  for (const match of text.slice(from).matchAll(/`+/g)) {
    if (match[0] === run) return from + match.index + run.length;
  }
  return -1;
}

/** A run opens before a word and closes after one; inside a word an underscore is a letter. */
function toggle(open: string[], run: string, before: string, after: string): void {
  const mark = run.length > 2 ? run.slice(0, 3) : run;
  if (mark[0] === '~' && mark.length !== 2) return;
  const closes = !/\s/.test(before) && open.at(-1) === mark;
  const word = /[\p{L}\p{N}]/u;
  if (closes && !(mark[0] === '_' && word.test(after))) open.pop();
  else if (!/\s/.test(after) && !(mark[0] === '_' && word.test(before))) open.push(mark);
}

function reversed(open: readonly string[]): string {
  return open.toReversed().join('');
}
