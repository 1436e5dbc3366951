import { unit } from '../world/deterministic.ts';
import { type FaultWindow, faultWindows } from '../world/fault-windows.ts';
import { stateAt } from '../world/instance-life.ts';
import type { Instance, World } from '../world/world.ts';
import { SHAPE_STEP_MS } from './shape-value.ts';

/** How long traffic takes to fill a machine. */
const RAMP_MS = 60_000;

/** What a hung operating system still does, as a share of the usual. */
const HUNG: Readonly<Record<string, number>> = {
  CPUUtilization: 0.03,
  NetworkIn: 0.02,
  NetworkOut: 0.005,
  NetworkPacketsIn: 0.02,
  NetworkPacketsOut: 0.005,
  DiskReadOps: 0,
  DiskWriteOps: 0,
  EBSReadOps: 0,
  EBSWriteOps: 0,
};

/** What a flood of requests makes of the traffic. */
const FLOODED: Readonly<Record<string, number>> = {
  NetworkIn: 1.9,
  NetworkOut: 1.6,
  NetworkPacketsIn: 1.9,
  NetworkPacketsOut: 1.6,
};

/** Only the instance's own check fails; that of the host below passes. */
const FAILING_CHECKS = ['StatusCheckFailed', 'StatusCheckFailed_Instance'];

/**
 * An EC2 metric's value in the minute that starts at `at`, given what it would be; undefined when the instance
 * sends none.
 */
export function instanceValue(
  world: World,
  instance: Instance,
  metric: string,
  at: number,
  usual: number,
): number | undefined {
  if (stateAt(instance.life, at) !== 'running') return undefined;
  let value = usual;
  for (const window of faultWindows(world, instance.id)) {
    if (window.from < at + SHAPE_STEP_MS && window.to > at) value = affected(window, metric, at, value);
  }
  return value;
}

function affected(window: FaultWindow, metric: string, at: number, value: number): number {
  switch (window.kind) {
    case 'impaired':
      if (FAILING_CHECKS.includes(metric)) return 1;
      return value * (HUNG[metric] ?? 1);
    case 'saturated': {
      const ramp = Math.min(1, Math.max(0, (at + SHAPE_STEP_MS - window.from) / RAMP_MS));
      if (metric === 'CPUUtilization') return Math.max(value, saturated(window.severity, at) * ramp);
      return value * (1 + ((FLOODED[metric] ?? 1) - 1) * ramp);
    }
  }
}

/** Percent: near the severity, wavering by two points. */
function saturated(severity: number, at: number): number {
  return Math.min(100, severity * 100 + (unit(0x5a7, Math.floor(at / SHAPE_STEP_MS)) - 0.5) * 4);
}
