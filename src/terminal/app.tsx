import { Static, useCursor, useInput, usePaste } from 'ink';
import { memo, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { FinishedLines, LiveLines } from './draw.tsx';
import { liveFrame, viewContext } from './frame.ts';
import type { TerminalStore } from './store.ts';
import type { Theme } from './theme.ts';
import type { Item } from './transcript/item.ts';
import { itemLines } from './transcript/item-view.ts';
import type { ViewContext } from './transcript/view-context.ts';

/** The chat on the screen: what is finished scrolls away above, the live frame stands below. */
export function App({ store, theme }: { store: TerminalStore; theme: Theme }) {
  const state = useSyncExternalStore(store.subscribe, store.state);
  const { language, size, account, accountClock, timeZone, now, screenReader, limits } = state;
  const today = Math.floor(now / 60_000) * 60_000;
  const context = useMemo(
    () => viewContext({ language, size, account, accountClock, timeZone, now: today, screenReader, limits }),
    [language, size, account, accountClock, timeZone, today, screenReader, limits],
  );
  const { setCursorPosition } = useCursor();
  useInput((input, key) => store.press({ input, key }));
  usePaste((text) => store.paste(text));
  const frame = liveFrame(state, context);
  const finished = useFinished(state.finished, state.pager !== null);
  useLayoutEffect(() => store.drawn(finished.length, frame));
  setCursorPosition(frame.cursor ?? undefined);
  return (
    <>
      <Transcript items={finished} version={state.version} context={context} theme={theme} />
      <LiveLines lines={frame.lines} columns={size.columns} theme={theme} />
    </>
  );
}

/** What comes to its end while a result is open on a screen of its own is held back until the conversation is. */
function useFinished(items: readonly Item[], held: boolean): readonly Item[] {
  const drawn = useRef(0);
  const count = held ? drawn.current : items.length;
  useLayoutEffect(() => {
    drawn.current = count;
  });
  return useMemo(() => items.slice(0, count), [items, count]);
}

/** Each item is drawn once, when it is finished; from then on it is the terminal's. */
const Transcript = memo(function Transcript({
  items,
  version,
  context,
  theme,
}: {
  items: readonly Item[];
  version: string;
  context: ViewContext;
  theme: Theme;
}) {
  return (
    <Static items={[...items]}>
      {(item) => (
        <FinishedLines
          key={item.id}
          lines={itemLines(item, version, 0, context)}
          columns={context.columns}
          theme={theme}
        />
      )}
    </Static>
  );
});
