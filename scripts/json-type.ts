import { z } from 'zod';
import { code } from './markdown.ts';

/** A JSON schema, as far as a page tells it. */
const part = z.looseObject({
  /** Set by a page where a schema has a name of its own. */
  title: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  required: z.array(z.string()).default([]),
  get items() {
    return part.optional();
  },
  get anyOf() {
    return z.array(part).optional();
  },
  get properties() {
    return z.record(z.string(), part).optional();
  },
});
export type Part = z.infer<typeof part>;

/**
 * What goes in by a schema.
 *
 * @param named what to call schemas that are more than their JSON type
 */
export function schemaPart(schema: z.ZodType, named: ReadonlyMap<unknown, string> = new Map()): Part {
  return part.parse(
    z.toJSONSchema(schema, {
      io: 'input',
      override: ({ zodSchema, jsonSchema }) => {
        const name = named.get(zodSchema);
        if (name !== undefined) jsonSchema.title = name;
      },
    }),
  );
}

export function typeOf(one: Part): string {
  if (one.title !== undefined) return one.title;
  if (one.anyOf !== undefined) return one.anyOf.map(typeOf).join(' or ');
  if (one.enum !== undefined) return one.enum.map((value) => code(String(value))).join(', ');
  if (Array.isArray(one.type)) return one.type.map((type) => plainType({ ...one, type })).join(' or ');
  return plainType(one);
}

function plainType(one: Part): string {
  const { type = 'anything' } = one;
  switch (type) {
    case 'integer':
      return `whole number${range(one.minimum ?? one.exclusiveMinimum, one.maximum)}`;
    case 'number':
      return `number${range(one.minimum ?? one.exclusiveMinimum, one.maximum)}`;
    case 'array':
      return `list of ${one.items === undefined ? 'anything' : typeOf(one.items)}${range(one.minItems, one.maxItems)}`;
    case 'string':
      return one.format === 'date' ? 'date' : one.format === 'date-time' ? 'time' : 'text';
    case 'boolean':
      return 'true or false';
    default:
      return String(type);
  }
}

/** `, 1 to 100`; a limit that only says what a number can be is none. */
function range(from: number | undefined, to: number | undefined): string {
  const most = to === undefined || to >= Number.MAX_SAFE_INTEGER ? undefined : to.toLocaleString('en');
  const least = from === undefined || from <= Number.MIN_SAFE_INTEGER ? undefined : from;
  if (most === undefined) return least === undefined || least <= 0 ? '' : `, from ${least}`;
  return least === undefined ? `, up to ${most}` : `, ${least} to ${most}`;
}
