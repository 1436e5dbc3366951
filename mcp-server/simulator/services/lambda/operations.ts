import type { Operations } from '../../wire/operation.ts';
import { LAMBDA_CHANGES } from './changes.ts';
import { LAMBDA_READS } from './reads.ts';

export const LAMBDA: Operations = { ...LAMBDA_READS, ...LAMBDA_CHANGES };
