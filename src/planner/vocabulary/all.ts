import type { Vocabulary } from './concepts.ts';
import { EN } from './en.ts';
import { KO } from './ko.ts';
import { REGION_NAMES } from './places.ts';
import { ZH } from './zh.ts';

/** Every language at once: people mix them within a sentence. */
export const ALL: readonly Vocabulary[] = [EN, KO, ZH, regions()];

function regions(): Vocabulary {
  const words = Object.entries(REGION_NAMES).map(([region, names]) => [`region:${region}`, names]);
  return { language: 'en', words: Object.fromEntries(words), numbers: {} };
}
