import { Box, Text } from 'ink';
import { cutLine } from './text/cells.ts';
import type { Line } from './text/lines.ts';
import { joinedRows, styled } from './text/styled.ts';
import type { Theme } from './theme.ts';

/**
 * The live rows, all as one text: laid out by us already, they need no layout of their own. A row that some view
 * made too wide is cut, so that what is on the screen is always as many rows as were drawn.
 */
export function LiveLines({
  lines,
  columns,
  theme,
}: {
  lines: readonly Line[];
  columns: number;
  theme: Theme;
}) {
  const rows = lines.map((line) => styled(cutLine(line, columns), theme));
  return <Text wrap="truncate-end">{rows.map(asRow).join('\n')}</Text>;
}

/** Finished rows, which are the terminal's from now on: long ones it breaks itself, and knows that they are one. */
export function FinishedLines({
  lines,
  columns,
  theme,
}: {
  lines: readonly Line[];
  columns: number;
  theme: Theme;
}) {
  if (lines.length === 0) return null;
  const rows = joinedRows(lines, theme);
  const text = <Text>{rows.map((row) => asRow(row.text)).join('\n')}</Text>;
  const widest = Math.max(...rows.map((row) => row.cells));
  if (widest <= columns) return text;
  return (
    <Box width={widest} flexShrink={0}>
      {text}
    </Box>
  );
}

/** An empty row is a row all the same. */
function asRow(text: string): string {
  return text === '' ? ' ' : text;
}
