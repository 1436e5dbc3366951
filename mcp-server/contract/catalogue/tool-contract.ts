import type { z } from 'zod';

/** What both sides know of a tool: its name, its words for a model or a person, what goes in and what comes out. */
export type ToolContract<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Name extends string = string,
> = {
  name: Name;
  title: string;
  description: string;
  input: Input;
  output: Output;
};

/** Keeps the literal types of a contract written as a plain object. */
export function toolContract<Name extends string, Input extends z.ZodType, Output extends z.ZodType>(
  contract: ToolContract<Input, Output, Name>,
): ToolContract<Input, Output, Name> {
  return contract;
}
