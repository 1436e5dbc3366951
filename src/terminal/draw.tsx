import { Box, Text } from 'ink';
import type { Line } from './text/lines.ts';
import type { Theme } from './theme.ts';

/** Lines as Ink draws them, each on one row whatever it holds. */
export function Lines({ lines, theme }: { lines: readonly Line[]; theme: Theme }) {
  return (
    <Box flexDirection="column">
      {inPlace(lines).map(({ place, is }) => (
        <Text key={place} wrap="truncate-end">
          {is.length === 0
            ? ' '
            : inPlace(is).map(({ place: at, is: part }) => (
                <Text key={at} {...theme[part.tone]}>
                  {part.text}
                </Text>
              ))}
        </Text>
      ))}
    </Box>
  );
}

/** A row of the screen has no identity but its place. */
function inPlace<Thing>(things: readonly Thing[]): { place: string; is: Thing }[] {
  return things.map((is, index) => ({ place: String(index), is }));
}
