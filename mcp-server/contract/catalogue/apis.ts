import { z } from 'zod';
import { place, resultWith, untrusted } from '../call.ts';
import { toolContract } from './tool-contract.ts';

export const API_TYPES = ['REST', 'HTTP', 'WEBSOCKET'] as const;

export const apiRow = z.strictObject({
  id: z.string(),
  name: untrusted,
  type: z.enum(API_TYPES),
  /** `REGIONAL`, `EDGE`, `PRIVATE`; a REST API only. */
  endpoint_type: z.string().optional(),
  description: untrusted.optional(),
  created_at: z.iso.datetime().optional(),
  /** Null when the stages could not be read; `coverage` then says why. */
  stages: z
    .array(
      z.strictObject({
        name: untrusted,
        deployment: z.string().optional(),
        last_updated: z.iso.datetime().optional(),
      }),
    )
    .nullable(),
  region: z.string(),
  account: z.string(),
});
export type ApiRow = z.infer<typeof apiRow>;

export const listApis = toolContract({
  name: 'list_apis',
  title: 'List APIs',
  description: 'API Gateway APIs (REST, HTTP and WebSocket) with their stages.',
  input: z.strictObject({ ...place }),
  output: resultWith({ apis: z.array(apiRow) }),
});
