import type { TextProps } from 'ink';
import type { Tone } from './text/lines.ts';

/** How each tone is drawn. The sixteen colours of the terminal's own palette: they suit a light and a dark one. */
const COLOURED: Readonly<Record<Tone, TextProps>> = {
  plain: {},
  strong: { bold: true },
  dim: { dimColor: true },
  good: { color: 'green' },
  bad: { color: 'red' },
  warn: { color: 'yellow' },
  accent: { color: 'cyan' },
  heading: { dimColor: true },
};

/** Weight only, for who set `NO_COLOR`. */
const UNCOLOURED: Readonly<Record<Tone, TextProps>> = {
  plain: {},
  strong: { bold: true },
  dim: { dimColor: true },
  good: {},
  bad: { bold: true },
  warn: { bold: true },
  accent: {},
  heading: { dimColor: true },
};

export type Theme = Readonly<Record<Tone, TextProps>>;

/** https://no-color.org: any non-empty `NO_COLOR` turns colours off; the library that draws does not look at it. */
export function themeFor(environment: Readonly<Record<string, string | undefined>>): Theme {
  return environment.NO_COLOR ? UNCOLOURED : COLOURED;
}
