import { useApp } from 'ink';
import { useEffect } from 'react';

/** Lends the terminal out: what runs meanwhile has it to itself, and everything is drawn anew afterwards. */
export type LendTerminal = (work: () => void | Promise<void>) => Promise<void>;

/** Draws nothing; hands out what only a component can ask of the library that draws. */
export function TerminalHold({ onReady }: { onReady(lend: LendTerminal): void }) {
  const { suspendTerminal } = useApp();
  useEffect(() => onReady((work) => suspendTerminal(work)), [onReady, suspendTerminal]);
  return null;
}
