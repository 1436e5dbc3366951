import { Refusal } from '../../wire/service-exception.ts';

/** Which line of which stream: what `@ptr` stands for. */
export type Place = { group: string; stream: number; line: number };

export function pointerTo({ group, stream, line }: Place): string {
  return Buffer.from(`${stream} ${line} ${group}`).toString('base64url');
}

/** Throws `Refusal` for a text that is no pointer. */
export function placeAt(pointer: string): Place {
  const [, stream, line, group] =
    /^(\d+) (\d+) (.+)$/s.exec(Buffer.from(pointer, 'base64url').toString()) ?? [];
  if (stream === undefined || line === undefined || group === undefined) {
    throw new Refusal('InvalidParameterException', 'The log record pointer is not valid.');
  }
  return { group, stream: Number(stream), line: Number(line) };
}
