/** The terminal's second screen, without scrollback; leaving it brings back the first as it stood. */
export type AlternateScreen = {
  isOn(): boolean;
  /** Switches to it or back; nothing when it is so already. What is drawn next stands on the screen switched to. */
  show(wanted: boolean): void;
  /** Empties it, however its rows came to stand after a resize. */
  empty(): void;
};

/** What is drawn at the moment, for who switches the screen under it. */
type DrawnFrame = {
  /** Takes it off the screen. */
  wipe(): void;
  /** Tells the library that draws that it is gone, and writes nothing. */
  forget(): void;
};

/** The terminal keeps where its cursor stands, and puts it there again on leaving (xterm's mode 1049). */
const ENTER = '\u001b[?1049h\u001b[H';
/** The cursor is back where the frame began; of what a resize left below it nothing stays. */
const LEAVE = '\u001b[?1049l\r\u001b[J\u001b[?25l';
const EMPTY = '\u001b[H\u001b[2J';

export function createAlternateScreen(write: (bytes: string) => void, frame: DrawnFrame): AlternateScreen {
  let on = false;
  return {
    isOn: () => on,
    show: (wanted) => {
      if (wanted === on) return;
      on = wanted;
      // The first screen is left without a frame: it is drawn below the conversation when that is back.
      if (on) frame.wipe();
      else frame.forget();
      write(on ? ENTER : LEAVE);
    },
    empty: () => write(EMPTY),
  };
}
