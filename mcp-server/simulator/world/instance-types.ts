/** What an instance type offers, in so far as it matters here. */
export type InstanceSize = { vcpus: number; memoryMib: number; architecture: 'x86_64' | 'arm64' };

/** vCPUs of a size name; the same in every family that has it, but for the burstable ones. */
const SIZE_VCPUS: Readonly<Record<string, number>> = {
  medium: 1,
  large: 2,
  xlarge: 4,
  '2xlarge': 8,
  '4xlarge': 16,
  '8xlarge': 32,
  '12xlarge': 48,
  '16xlarge': 64,
  '24xlarge': 96,
};

const BURSTABLE_SIZES: Readonly<Record<string, { vcpus: number; memoryGib: number }>> = {
  nano: { vcpus: 2, memoryGib: 0.5 },
  micro: { vcpus: 2, memoryGib: 1 },
  small: { vcpus: 2, memoryGib: 2 },
  medium: { vcpus: 2, memoryGib: 4 },
  large: { vcpus: 2, memoryGib: 8 },
  xlarge: { vcpus: 4, memoryGib: 16 },
  '2xlarge': { vcpus: 8, memoryGib: 32 },
};

const BURSTABLE = ['t3', 't3a', 't4g'];
const GIB_PER_VCPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8, x: 16, i: 8 };
const FAMILIES = [
  ...BURSTABLE,
  ...['c5', 'c6i', 'c6a', 'c6g', 'c7i', 'c7a', 'c7g', 'c8g'],
  ...['m5', 'm6i', 'm6a', 'm6g', 'm7i', 'm7a', 'm7g', 'm8g'],
  ...['r5', 'r6i', 'r6a', 'r6g', 'r7i', 'r7a', 'r7g', 'r8g'],
];

function architectureOf(family: string): InstanceSize['architecture'] {
  return /\dg/.test(family) ? 'arm64' : 'x86_64';
}

function buildTypes(): Map<string, InstanceSize> {
  const types = new Map<string, InstanceSize>();
  for (const family of FAMILIES) {
    const architecture = architectureOf(family);
    if (BURSTABLE.includes(family)) {
      for (const [size, { vcpus, memoryGib }] of Object.entries(BURSTABLE_SIZES)) {
        types.set(`${family}.${size}`, { vcpus, memoryMib: memoryGib * 1024, architecture });
      }
      continue;
    }
    const gibPerVcpu = GIB_PER_VCPU[family[0] ?? ''] ?? 4;
    for (const [size, vcpus] of Object.entries(SIZE_VCPUS)) {
      if (size === 'medium' && architecture === 'x86_64') continue;
      types.set(`${family}.${size}`, { vcpus, memoryMib: vcpus * gibPerVcpu * 1024, architecture });
    }
  }
  return types;
}

/** The types the simulated EC2 offers; AWS has some hundreds more. */
export const INSTANCE_TYPES: ReadonlyMap<string, InstanceSize> = buildTypes();

/** What a type offers; for a type of an account file that is not in the table, a guess from its size name. */
export function instanceSize(type: string): InstanceSize {
  const known = INSTANCE_TYPES.get(type);
  if (known !== undefined) return known;
  const [family = '', size = ''] = type.split('.');
  const vcpus = SIZE_VCPUS[size] ?? 2;
  return { vcpus, memoryMib: vcpus * 4096, architecture: architectureOf(family) };
}

/** Whether a type has more to work with than another: more vCPUs, or as many and more memory. */
export function isBigger(type: string, than: string): boolean {
  const [a, b] = [instanceSize(type), instanceSize(than)];
  return a.vcpus > b.vcpus || (a.vcpus === b.vcpus && a.memoryMib > b.memoryMib);
}
