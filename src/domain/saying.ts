/** What belongs to an answer and also stands in the card of its call, where a front end shows one. */
export type Beside = {
  /** The call it is the answer to. */
  call: string;
  /** What could not be seen, a sentence each. */
  gaps: readonly string[];
  /** The time zone, when the answer names times. */
  zone: string | null;
};

export type Saying = { text: string; beside?: Beside };

/** An answer with all that belongs to it, a line each: for whoever shows no cards. */
export function inFull({ text, beside }: Saying): string {
  return [text, ...(beside?.gaps ?? []), ...(beside?.zone ? [beside.zone] : [])].join('\n');
}
