/**
 * The most that is put on the clipboard, in bytes of UTF-8. Terminals cut or drop longer sequences without a
 * word: a hundred thousand bytes of base64 is what most of them take.
 */
export const MOST_COPIED = 74_994;

const ESCAPE = '\u001b';

/**
 * What sets the clipboard of the terminal, and so that of the machine the person sits at, over ssh too: OSC 52
 * (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html). Null when the text is too long.
 *
 * tmux takes the sequence itself when `set-clipboard` is on, and else lets it through to the terminal outside
 * when `allow-passthrough` is: it is sent both ways, and says the same twice at most.
 */
export function clipboardSequence(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > MOST_COPIED) return null;
  const sequence = `${ESCAPE}]52;c;${bytes.toString('base64')}\u0007`;
  if (!environment.TMUX) return sequence;
  return `${sequence}${ESCAPE}Ptmux;${sequence.replaceAll(ESCAPE, ESCAPE + ESCAPE)}${ESCAPE}\\`;
}
