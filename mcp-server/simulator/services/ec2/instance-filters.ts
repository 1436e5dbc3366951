import type { Filter } from '@aws-sdk/client-ec2';
import type { Call } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { stateAt, typeAt } from '../../world/instance-life.ts';
import { instanceSize } from '../../world/instance-types.ts';
import { volumesOf } from '../../world/volumes.ts';
import type { Instance } from '../../world/world.ts';
import { privateIp, stateShape, tagsOf } from './instance-shape.ts';

type Read = (instance: Instance, call: Call) => readonly string[];

const state = (instance: Instance, call: Call) =>
  stateShape(stateAt(instance.life, call.now) ?? 'terminated');

const ATTRIBUTES: Readonly<Record<string, Read>> = {
  'instance-id': (one) => [one.id],
  'instance-state-name': (one, call) => [state(one, call).Name],
  'instance-state-code': (one, call) => [String(state(one, call).Code)],
  'instance-type': (one, call) => [typeAt(one.life, call.now)],
  'availability-zone': (one) => [one.az],
  'private-ip-address': (one) => [privateIp(one)],
  architecture: (one, call) => [instanceSize(typeAt(one.life, call.now)).architecture],
  'tag-key': (one, call) => Object.keys(tagsOf(call.world, one)),
  'instance.group-name': (one) => one.entry?.security_groups ?? ['default'],
  'block-device-mapping.volume-id': (one) => volumesOf(one).map((volume) => volume.id),
};

/** Whether an instance passes every filter; a filter's values are alternatives and may hold `*` and `?`. */
export function instanceMatcher(filters: readonly Filter[], call: Call): (instance: Instance) => boolean {
  const tests = filters.map((filter) => {
    const read = attribute(filter.Name ?? '');
    const patterns = (filter.Values ?? []).map(pattern);
    return (one: Instance) => read(one, call).some((value) => patterns.some((each) => each.test(value)));
  });
  return (one) => tests.every((test) => test(one));
}

function attribute(filterName: string): Read {
  if (filterName.startsWith('tag:')) {
    const key = filterName.slice('tag:'.length);
    return (one, call) => {
      const value = tagsOf(call.world, one)[key];
      return value === undefined ? [] : [value];
    };
  }
  const read = Object.hasOwn(ATTRIBUTES, filterName) ? ATTRIBUTES[filterName] : undefined;
  if (read === undefined) throw new Refusal('InvalidParameterValue', `The filter '${filterName}' is invalid`);
  return read;
}

/** EC2's wildcards: `*` for any text, `?` for one character; case counts. */
function pattern(value: string): RegExp {
  const body = value
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${body}$`, 's');
}
