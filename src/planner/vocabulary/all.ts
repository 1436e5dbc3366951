import type { Vocabulary } from './concepts.ts';
import { EN } from './en.ts';
import { KO } from './ko.ts';
import { ZH } from './zh.ts';

/** Every language at once: people mix them within a sentence. */
export const ALL: readonly Vocabulary[] = [EN, KO, ZH];
