import { z } from 'zod';
import { place, resultWith, untrusted } from '../call.ts';
import { changesMade } from './changes-made.ts';
import { toolContract } from './tool-contract.ts';

export const functionRow = z.strictObject({
  name: z.string(),
  arn: z.string().optional(),
  description: untrusted.optional(),
  /** `Zip` or `Image`; a function of an image has no runtime that AWS knows of. */
  package_type: z.string(),
  runtime: z.string().optional(),
  memory_mb: z.int(),
  timeout_s: z.int(),
  last_modified: z.iso.datetime().optional(),
  /** `Active`, `Inactive`, `Pending`, `Failed`; absent when it was not read, `coverage` then says why. */
  state: z.string().optional(),
  /** `Successful`, `InProgress`, `Failed`. */
  last_update: z.string().optional(),
  /** Why a state or an update is not as it should be, as AWS words it. */
  reason: untrusted.optional(),
  /** Null: none of its own, it shares the account's; absent when it was not read. */
  reserved_concurrency: z.int().nullable().optional(),
  region: z.string(),
  account: z.string(),
});
export type FunctionRow = z.infer<typeof functionRow>;

const fn = z.string().min(1).describe('a function name or ARN');

export const listFunctions = toolContract({
  name: 'list_functions',
  title: 'List functions',
  description: 'Lambda functions with runtime, memory, timeout, reserved concurrency and state.',
  input: z.strictObject({ ...place }),
  output: resultWith({ functions: z.array(functionRow) }),
});

export const restartFunction = toolContract({
  name: 'restart_function',
  title: 'Restart a function',
  description:
    'Retires every warm environment of a Lambda function by a mark in its description; aliases on published versions move to a copy of theirs. Destructive: needs a grant.',
  input: z.strictObject({ function: fn, ...place }),
  output: changesMade,
});

export const updateFunctionConfiguration = toolContract({
  name: 'update_function_configuration',
  title: 'Configure a function',
  description:
    'Changes memory, timeout or reserved concurrency of a Lambda function; aliases on published versions move to one with the new settings. Destructive: needs a grant.',
  input: z
    .strictObject({
      function: fn,
      memory_mb: z.int().min(128).max(10_240).optional().describe('megabytes; more memory is more CPU, too'),
      timeout_s: z.int().min(1).max(900).optional().describe('seconds'),
      reserved_concurrency: z
        .int()
        .min(0)
        .nullable()
        .optional()
        .describe('0 stops all invocations; null: none of its own'),
      ...place,
    })
    .refine(
      (it) =>
        it.memory_mb !== undefined || it.timeout_s !== undefined || it.reserved_concurrency !== undefined,
      { message: 'say what to change: memory_mb, timeout_s or reserved_concurrency' },
    ),
  output: changesMade,
});

export const rollbackFunction = toolContract({
  name: 'rollback_function',
  title: 'Roll back a function',
  description:
    'Moves the alias of a Lambda function back to the version before the one it serves. Destructive: needs a grant.',
  input: z.strictObject({
    function: fn.describe('a function name or ARN; with several aliases `function:alias`'),
    version: z
      .string()
      .regex(/^\d+$/, 'a published version, such as 41')
      .optional()
      .describe('the version to move to; default: the one before'),
    ...place,
  }),
  output: changesMade,
});
