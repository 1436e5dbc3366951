import type { Failure } from '../../mcp-server/contract/failure.ts';
import { plainBlock, plainLine } from '../domain/plain-text.ts';
import type { TalkWords } from '../language/talk-words.ts';

/** What is wrong with a file is listed a problem a line; any other message is one line, whatever stands in it. */
function messageOf({ code, message }: Failure): string {
  return code === 'configuration' || code === 'not_configured' ? plainBlock(message) : plainLine(message);
}

/** A failure in the person's language; the server's own words follow where they say more than the code. */
export function failureText(failure: Failure, talk: TalkWords, isChange: boolean): string {
  const said = talk.failure(failure.code);
  const lines = [
    ...(said ? [said] : []),
    messageOf(failure),
    ...(failure.hint ? [plainLine(failure.hint)] : []),
    ...(isChange && failure.nothing_changed ? [talk.nothingChanged()] : []),
  ];
  return lines.join(' ');
}
