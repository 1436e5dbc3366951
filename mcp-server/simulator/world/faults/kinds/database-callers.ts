import { type Reference, type ReferenceKind, resolveReference } from '../../references.ts';
import type { World } from '../../world.ts';
import { bootsAfter, stoppedAt } from '../mending.ts';

/** What can be restarted to let go of its connections, the likeliest to leak first. */
const LEAKING_KINDS: readonly ReferenceKind[] = ['service', 'instance', 'function'];

/** What calls a database, by the file's dependencies, in its order. */
export function callersOf(world: World, database: string): Reference[] {
  return world.file.dependencies
    .filter(({ to }) => {
      const called = resolveReference(world, to);
      return called.kind === 'database' && called.id === database;
    })
    .map(({ from }) => resolveReference(world, from));
}

/** The caller that leaks connections; undefined when the file says of none that it calls the database. */
export function leakingCaller(world: World, database: string): Reference | undefined {
  const callers = callersOf(world, database);
  for (const kind of LEAKING_KINDS) {
    const found = callers.find((one) => one.kind === kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The calls that give a service or a function new processes. */
const RESTARTS = /^(UpdateService|StopTask|UpdateFunction)/;
/** How long new processes take to have the place of the old ones. */
const REPLACED_MS = 30_000;

/** When a resource was first restarted from a time on; undefined while it was not. */
export function restartedAt(world: World, resource: Reference, from: number): number | undefined {
  const instance = resource.kind === 'instance' ? world.instances.get(resource.id) : undefined;
  if (instance !== undefined) {
    const gone = [stoppedAt(instance, from), bootsAfter(instance, from)[0]?.at];
    const first = Math.min(...gone.map((at) => at ?? Number.POSITIVE_INFINITY));
    return Number.isFinite(first) ? first : undefined;
  }
  const entry = world.journal.find(
    ({ at, event, resources, parameters }) =>
      at >= from &&
      RESTARTS.test(event) &&
      (resources.some(({ name }) => isNamed(name, resource.name)) ||
        Object.values(parameters).some(
          (value) => typeof value === 'string' && isNamed(value, resource.name),
        )),
  );
  return entry === undefined ? undefined : entry.at + REPLACED_MS;
}

/** `cart`, `service/shop/cart` and an ARN that ends so. */
function isNamed(text: string, name: string): boolean {
  return text === name || text.endsWith(`/${name}`) || text.endsWith(`:${name}`);
}
