import type { Failure } from '../../mcp-server/contract/failure.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { TalkWords } from '../language/talk-words.ts';

/** A failure in the person's language; the server's own words follow where they say more than the code. */
export function failureText(failure: Failure, talk: TalkWords, isChange: boolean): string {
  const said = talk.failure(failure.code);
  const lines = [
    ...(said ? [said] : []),
    plainLine(failure.message),
    ...(failure.hint ? [plainLine(failure.hint)] : []),
    ...(isChange && failure.nothing_changed ? [talk.nothingChanged()] : []),
  ];
  return lines.join(' ');
}
