import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * The process that carries out an intent. `start` tells it from a later process with the same number; null
 * where the system does not tell. `world` tells machines, boots and containers apart: a process number
 * means nothing in another.
 */
export type Owner = { pid: number; start: string | null; world: string };

/** 'gone' is certain; 'unsure' covers another machine or container, and systems that do not tell. */
type OwnerState = 'alive' | 'gone' | 'unsure';

function readOr(read: () => string, otherwise: string): string {
  try {
    return read();
  } catch {
    return otherwise; // not this kind of system
  }
}

function world(): string {
  const boot = readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), '');
  return [hostname(), boot, readOr(() => readlinkSync('/proc/self/ns/pid'), '')].join(' ');
}

/** /proc/PID/stat from field 3, the state, on (proc_pid_stat(5)). The name in field 2 may hold anything. */
function statOf(pid: number): string[] {
  const stat = readOr(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '');
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Field 22: ticks from boot to the process's start. */
function startOf(pid: number): string | null {
  return statOf(pid)[19] ?? null;
}

/** Killed, and only not yet collected by its parent. */
function isZombie(pid: number): boolean {
  return ['Z', 'X'].includes(statOf(pid)[0] ?? '');
}

export function thisProcess(): Owner {
  return { pid: process.pid, start: startOf(process.pid), world: world() };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export function ownerState(of: Owner): OwnerState {
  if (of.world !== world()) return 'unsure';
  if (!exists(of.pid) || isZombie(of.pid)) return 'gone';
  const start = startOf(of.pid);
  if (of.start === null || start === null) return 'unsure';
  return start === of.start ? 'alive' : 'gone';
}
