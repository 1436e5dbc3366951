import { hexOf } from '../deterministic.ts';
import type { Reference } from '../references.ts';
import type { World } from '../world.ts';
import type { LogPlace } from './fault.ts';

/**
 * Where a resource's own log lines go: a group of the file that goes by its name, or else the group AWS or its
 * agents would use. Undefined for what writes no logs of its own, such as a load balancer.
 */
export function usualLogPlace(world: World, resource: Reference): LogPlace | undefined {
  const { kind, id, name } = resource;
  const declared = declaredGroup(world, resource);
  const day = new Date(world.startMs).toISOString().slice(0, 10).replaceAll('-', '/');
  switch (kind) {
    case 'function':
      return { group: `/aws/lambda/${name}`, stream: `${day}/[$LATEST]${hexOf(`${id}/stream`, 32)}` };
    case 'service':
      return { group: declared ?? `/ecs/${name}`, stream: `ecs/${name}/${hexOf(`${id}/task`, 32)}` };
    case 'instance':
      // The agent's usual group for this file, and its usual stream.
      return { group: declared ?? '/var/log/messages', stream: id };
    case 'database': {
      const engine = world.file.rds.find((one) => one.id === id)?.engine ?? '';
      const log = /postgres/.test(engine) ? 'postgresql' : 'error';
      return { group: declared ?? `/aws/rds/instance/${id}/${log}`, stream: `${id}.0` };
    }
    case 'api':
      return { group: declared ?? `/aws/apigateway/${name}`, stream: hexOf(`${id}/stream`, 32) };
    case 'external':
      // A log group may be named itself.
      return world.file.logs.some(({ group }) => group === id)
        ? { group: id, stream: hexOf(`${id}/stream`, 16) }
        : undefined;
    case 'load_balancer':
    case 'auto_scaling_group':
    case 'deployment':
    case 'cluster':
      return undefined;
  }
}

/**
 * Where a resource writes what it has to say of others. An instance only where the file has a group for it: most
 * write nothing of the kind anywhere.
 */
export function callerPlace(world: World, resource: Reference): LogPlace | undefined {
  if (resource.kind === 'instance' && declaredGroup(world, resource) === undefined) return undefined;
  return resource.kind === 'database' ? undefined : usualLogPlace(world, resource);
}

/**
 * The file's group for a resource: one whose stream is the resource's, or with the resource's name as a part of
 * its own; for `web-1` also with `web`.
 */
function declaredGroup(world: World, { kind, id, name }: Reference): string | undefined {
  const byStream = world.file.logs.find(({ stream }) => stream === id || stream === name);
  if (byStream !== undefined) return byStream.group;
  const named = (wanted: string) =>
    world.file.logs.find(({ group }) => group.split('/').includes(wanted))?.group;
  const stem = name.replace(/-?\d+$/, '');
  return named(name) ?? named(id) ?? (kind === 'instance' && stem !== '' ? named(stem) : undefined);
}
