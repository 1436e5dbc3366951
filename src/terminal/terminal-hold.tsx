import { useApp } from 'ink';
import { useEffect, useLayoutEffect } from 'react';

/** Lends the terminal out: what runs meanwhile has it to itself, and everything is drawn anew afterwards. */
export type LendTerminal = (work: () => void | Promise<void>) => Promise<void>;

/**
 * Draws nothing; hands out what only a component can ask of the library that draws, and tells when that library
 * gives the terminal up, for whatever reason: on leaving, on a defect, on a signal that ends the process.
 */
export function TerminalHold({ onReady, onGone }: { onReady(lend: LendTerminal): void; onGone(): void }) {
  const { suspendTerminal } = useApp();
  useEffect(() => onReady((work) => suspendTerminal(work)), [onReady, suspendTerminal]);
  useLayoutEffect(() => onGone, [onGone]);
  return null;
}
