import type { Tone } from './text/lines.ts';

/** The Select Graphic Rendition codes (ECMA-48, 8.3.117) before and after text of a tone. */
type Style = { open: string; close: string };

export type Theme = Readonly<Record<Tone, Style>>;

/** What the person has set; `auto` goes by what the terminal says of itself. */
export type ThemeChoice = 'auto' | 'dark' | 'light';

const PLAIN: Style = { open: '', close: '' };
const BOLD = style(1, 22);
const DIM = style(2, 22);
const ITALIC = style(3, 23);
const UNDERLINED = style(4, 24);
const INVERSE = style(7, 27);
const STRUCK = style(9, 29);

/** Weight only, for who set `NO_COLOR`. Nothing is told by colour alone, so nothing is missing. */
const UNCOLOURED: Theme = {
  plain: PLAIN,
  strong: BOLD,
  dim: DIM,
  good: PLAIN,
  bad: BOLD,
  warn: BOLD,
  accent: PLAIN,
  heading: DIM,
  title: BOLD,
  emphasis: ITALIC,
  struck: STRUCK,
  code: PLAIN,
  link: UNDERLINED,
  found: INVERSE,
};

/** The first eight colours of the terminal's own palette, which every terminal has and its owner has chosen. */
const DARK: Theme = {
  ...UNCOLOURED,
  good: colour(32),
  bad: colour(31),
  warn: colour(33),
  accent: colour(36),
  title: style('1;36', '22;39'),
  code: colour(36),
};

/** On a light ground yellow and cyan are hard to read. */
const LIGHT: Theme = {
  ...DARK,
  warn: colour(35),
  accent: colour(34),
  title: style('1;34', '22;39'),
  code: colour(34),
};

/** A terminal that says it can do nothing gets nothing it would show as rubbish. */
const BARE: Theme = Object.fromEntries(Object.keys(UNCOLOURED).map((tone) => [tone, PLAIN])) as Theme;

/**
 * https://no-color.org: any non-empty `NO_COLOR` turns colours off. Whether the ground is light is taken from
 * `COLORFGBG`, which terminals that know it set; one that says nothing is taken for dark. It is not asked: the
 * answer would come between the person's first keys, and not every terminal gives one.
 */
export function themeFor(
  environment: Readonly<Record<string, string | undefined>>,
  choice: ThemeChoice = 'auto',
  coloured = true,
): Theme {
  if (environment.TERM === 'dumb') return BARE;
  if (environment.NO_COLOR || !coloured) return UNCOLOURED;
  if (choice === 'auto') return lightGround(environment.COLORFGBG) ? LIGHT : DARK;
  return choice === 'light' ? LIGHT : DARK;
}

/** `15;0`, `0;default;15`: the last number is the ground. 7 is light grey, and from 9 on all are light but 8, dark grey. */
function lightGround(colours: string | undefined): boolean {
  const ground = Number(colours?.split(';').at(-1) || Number.NaN);
  return ground === 7 || ground >= 9;
}

function style(open: number | string, close: number | string): Style {
  return { open: `\u001b[${open}m`, close: `\u001b[${close}m` };
}

function colour(code: number): Style {
  return style(code, 39);
}
