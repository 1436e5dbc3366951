import type { AnswerWords } from '../../language/answer-words.ts';

/** The first `most` names, and how many more there are. The names are plain already. */
export function firstNames(names: readonly string[], most: number, words: AnswerWords): string {
  const left = names.length - most;
  return words.list(left > 0 ? [...names.slice(0, most), words.more(left)] : names);
}

/** At most so many characters of a text; an ellipsis tells that there is more. */
export function cutText(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : text;
}
