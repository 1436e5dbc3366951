import { z } from 'zod';

/** A text that may not be empty. */
export const name = z.string().min(1, 'It may not be empty.');

/** A whole number from 0. */
export const count = z.int('Expected a whole number.').min(0, 'It may not be negative.');

/** Tags as AWS keeps them: text to text. */
export const tags = z.record(z.string(), z.string());

/** A path beside the account file. */
export const file = z.string().min(1, 'It may not be empty.');

/** A region of AWS by its form; whether it exists is not the file's business. */
export const region = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'It is not a region such as ap-northeast-2.');

/** Where a resource lives; the file's first region when it does not say. */
export const place = { region: region.optional(), tags: tags.optional() };

/** Words of a name that stands for a value kept elsewhere, such as a parameter; numbers may be bare. */
export const parameterValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** A list given here, or in a JSON file beside this one. */
export function inlineOrFile<Item extends z.ZodType>(item: Item) {
  return z.union([z.array(item), z.strictObject({ file })]);
}
