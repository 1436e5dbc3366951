import type { Language } from '../domain/reading.ts';
import type { Concept, Mood, Phrases, Sense, StemShape, Vocabulary } from './vocabulary/concepts.ts';

/** What the lexicon found at a position: where it ends, what it can mean, a number if it is one. */
export type Match = { end: number; senses: Sense[]; number: number | null; roles: readonly string[] };

/** What is known of one spelling. */
type Node = {
  senses: Sense[];
  number: number | null;
  roles: string[];
  stems: StemUse[];
};
/** A stem that must be completed by an ending before it means anything. */
type StemUse = { concept: Concept; shape: StemShape; language: Language; passive: boolean; light: boolean };
type EndingNode = { next: Map<string, EndingNode>; mood: Mood | null };

const SHAPES: readonly StemShape[] = ['base', 'open', 'past', 'future', 'adnominal'];

const between = (char: string | undefined, from: number, to: number): boolean => {
  const code = char === undefined || char === '' ? -1 : char.charCodeAt(0);
  return code >= from && code <= to;
};
export const isHangul = (char: string | undefined): boolean =>
  between(char, 0xac00, 0xd7a3) || between(char, 0x3130, 0x318f);
export const isHan = (char: string | undefined): boolean => between(char, 0x3400, 0x9fff);
export const isCjk = (char: string | undefined): boolean =>
  between(char, 0x3040, 0x9fff) || between(char, 0xac00, 0xd7a3) || between(char, 0x1100, 0x11ff);
export const isLatin = (char: string | undefined): boolean =>
  between(char, 0x61, 0x7a) || between(char, 0x30, 0x39) || between(char, 0xc0, 0x24f);

const split = (phrases: Phrases): string[] =>
  phrases.split('|').map((phrase) => phrase.trim().normalize('NFKC'));
const newNode = (): Node => ({ senses: [], number: null, roles: [], stems: [] });

/** Spaces next to a Korean or Chinese character may be left out: all of them, or any one of a few. */
function spellings(phrase: string): string[] {
  if (!phrase.includes(' ')) return [phrase];
  const spaces: number[] = [];
  for (let at = 1; at < phrase.length - 1; at += 1)
    if (phrase[at] === ' ' && (isCjk(phrase[at - 1]) || isCjk(phrase[at + 1]))) spaces.push(at);
  if (spaces.length === 0) return [phrase];
  const kept = (mask: number): string =>
    [...phrase].filter((_, at) => !spaces.includes(at) || (mask >> spaces.indexOf(at)) % 2 === 1).join('');
  const masks = spaces.length <= 2 ? [0, 1, 2, 3].slice(0, 2 ** spaces.length) : [0, 2 ** spaces.length - 1];
  return masks.map(kept);
}

const unspaced = (phrase: string): string => spellings(phrase)[0] ?? phrase;

/** All vocabularies at once: at any position of a text, the longest phrase and what it can mean. */
export class Lexicon {
  readonly #spellings = new Map<string, Node>();
  /** The longest spelling that begins with a character: no longer stretch of a text need be tried. */
  readonly #longest = new Map<string, number>();
  readonly #endings = new Map<StemShape, EndingNode>();
  /** Latin words of the vocabularies by length, for typing mistakes. */
  readonly words = new Map<number, Set<string>>();
  readonly #particles = new Set<string>();

  constructor(vocabularies: readonly Vocabulary[]) {
    for (const shape of SHAPES) this.#endings.set(shape, { next: new Map(), mood: null });
    for (const vocabulary of vocabularies) this.#add(vocabulary);
  }

  #add(vocabulary: Vocabulary): void {
    const { language } = vocabulary;
    const sense = (concept: Concept, mood: Mood, plural = false): Sense => ({
      concept,
      mood,
      plural,
      passive: false,
      language,
    });
    for (const [concept, phrases] of conceptsOf(vocabulary.words))
      for (const phrase of split(phrases)) {
        this.#put(phrase, sense(concept, 'base'));
        if (concept === 'particle') this.#particles.add(phrase);
      }
    for (const [concept, phrases] of conceptsOf(vocabulary.nouns))
      for (const phrase of split(phrases)) {
        this.#put(phrase, sense(concept, 'base'));
        this.#put(pluralOf(phrase), sense(concept, 'base', true));
      }
    for (const [concept, phrases] of conceptsOf(vocabulary.verbs))
      for (const verb of split(phrases)) this.#verb(verb, concept, language);
    for (const [concept, phrases] of conceptsOf(vocabulary.verbalNouns))
      for (const noun of split(phrases)) {
        for (const node of this.#put(noun, sense(concept, 'noun')))
          node.stems.push({ concept, shape: 'base', language, passive: false, light: true });
      }
    for (const [concept, phrases] of conceptsOf(vocabulary.stems))
      for (const forms of split(phrases))
        for (const [index, form] of forms.split('/').entries())
          this.#stem(form, {
            concept,
            shape: SHAPES[index] ?? 'base',
            language,
            passive: false,
            light: false,
          });
    this.#lightVerbs(vocabulary);
    for (const shape of SHAPES)
      for (const [mood, phrases] of Object.entries(vocabulary.endings?.[shape] ?? {}))
        for (const ending of split(phrases)) this.#ending(shape, ending, mood as Mood);
    for (const [word, value] of Object.entries(vocabulary.numbers)) this.#node(word).number = value;
    for (const [word, names] of Object.entries(vocabulary.roles ?? {}))
      this.#node(word).roles = names.split(' ');
  }

  #verb(verb: string, concept: Concept, language: Language): void {
    const [base = '', ing = '', past = ''] = verb.split('/');
    const forms: [string, Mood][] = [
      [base, 'base'],
      [ing, 'ing'],
      [past, 'past'],
      [thirdPerson(base), 'third'],
    ];
    for (const [form, mood] of forms)
      if (form !== '') this.#put(form, { concept, mood, plural: false, passive: false, language });
  }

  readonly #light: { forms: Map<string, { shape: StemShape; passive: boolean }[]>; longest: number } = {
    forms: new Map(),
    longest: 0,
  };

  #lightVerbs(vocabulary: Vocabulary): void {
    const { lightVerbs } = vocabulary;
    if (lightVerbs === undefined) return;
    for (const [passive, phrases] of [
      [false, lightVerbs.active],
      [true, lightVerbs.passive],
    ] as const)
      for (const forms of split(phrases))
        for (const [index, form] of forms.split('/').entries()) {
          const text = unspaced(form);
          const known = this.#light.forms.get(text) ?? [];
          known.push({ shape: SHAPES[index] ?? 'base', passive });
          this.#light.forms.set(text, known);
          this.#light.longest = Math.max(this.#light.longest, text.length);
        }
  }

  #node(phrase: string): Node {
    const known = this.#spellings.get(phrase);
    if (known !== undefined) return known;
    const node = newNode();
    this.#spellings.set(phrase, node);
    const first = phrase[0] ?? '';
    if ((this.#longest.get(first) ?? 0) < phrase.length) this.#longest.set(first, phrase.length);
    return node;
  }

  #put(phrase: string, sense: Sense): Node[] {
    const nodes = spellings(phrase).map((spelling) => this.#node(spelling));
    for (const node of nodes)
      if (!node.senses.some((known) => known.concept === sense.concept && known.mood === sense.mood))
        node.senses.push(sense);
    if (/^[a-z]{4,}$/u.test(phrase)) {
      const words = this.words.get(phrase.length) ?? new Set();
      this.words.set(phrase.length, words.add(phrase));
    }
    return nodes;
  }

  #stem(form: string, use: StemUse): void {
    for (const spelling of spellings(form)) this.#node(spelling).stems.push(use);
  }

  #ending(shape: StemShape, ending: string, mood: Mood): void {
    let node = this.#endings.get(shape);
    for (const char of unspaced(ending)) {
      if (node === undefined) return;
      let next = node.next.get(char);
      if (next === undefined) {
        next = { next: new Map(), mood: null };
        node.next.set(char, next);
      }
      node = next;
    }
    if (node !== undefined) node.mood = mood;
  }

  isParticle(text: string): boolean {
    return this.#particles.has(text);
  }

  /** A whole word or phrase, exactly. */
  lookup(phrase: string): Match | null {
    const match = this.match(phrase, 0);
    return match !== null && match.end === phrase.length ? match : null;
  }

  /** The longest match that starts at `from` and ends at a word's edge. */
  match(text: string, from: number): Match | null {
    let best: Match | null = null;
    const furthest = Math.min(text.length, from + (this.#longest.get(text[from] ?? '') ?? 0));
    for (let end = from + 1; end <= furthest; end += 1) {
      const node = this.#spellings.get(text.slice(from, end));
      if (node === undefined) continue;
      best = this.#better(best, this.#ended(node, text, end));
      for (const use of node.stems) best = this.#better(best, this.#inflected(use, text, end));
    }
    return best;
  }

  #better(best: Match | null, found: Match | null): Match | null {
    if (found === null || (best !== null && found.end < best.end)) return best;
    if (best === null || found.end > best.end) return found;
    const senses = [...best.senses];
    for (const sense of found.senses)
      if (!senses.some((known) => known.concept === sense.concept && known.mood === sense.mood))
        senses.push(sense);
    return {
      end: best.end,
      senses,
      number: best.number ?? found.number,
      roles: best.roles.length > 0 ? best.roles : found.roles,
    };
  }

  #ended(node: Node, text: string, end: number): Match | null {
    if (node.senses.length === 0 && node.number === null && node.roles.length === 0) return null;
    if (!endsWord(text, end)) return null;
    return { end, senses: [...node.senses], number: node.number, roles: node.roles };
  }

  #inflected(use: StemUse, text: string, at: number): Match | null {
    if (!use.light) return this.#withEnding(use, text, at, false);
    let best: Match | null = null;
    const start = text[at] === ' ' ? at + 1 : at;
    // `배포 되돌려줘`: a verb of its own stands there, not `되다` with an ending nobody knows.
    const own = start > at ? this.match(text, start) : null;
    const loose = own?.senses.some((s) => /^(?:act|read):/u.test(s.concept)) !== true;
    let form = '';
    for (let end = start; end < text.length && form.length < this.#light.longest; end += 1) {
      if (text[end] === ' ') continue;
      form += text[end];
      for (const { shape, passive } of this.#light.forms.get(form) ?? [])
        best = this.#better(best, this.#withEnding({ ...use, shape, passive }, text, end + 1, loose));
    }
    return best;
  }

  /** The longest ending after a stem; a light verb is a verb whatever its ending, but only a known one asks. */
  #withEnding(use: StemUse, text: string, from: number, light: boolean): Match | null {
    let node = this.#endings.get(use.shape);
    let mood: Mood | null = this.#bare(use.shape, text, from);
    let end = from;
    for (let at = from; at < text.length && node !== undefined; at += 1) {
      const char = text[at] ?? '';
      if (char === ' ' && isHangul(text[at + 1])) continue;
      node = node.next.get(char);
      if (node?.mood !== null && node?.mood !== undefined) {
        mood = node.mood;
        end = at + 1;
      }
    }
    if (mood === null && light) {
      mood = use.shape === 'past' ? 'past' : 'about';
      while (isHangul(text[end])) end += 1;
    }
    if (mood === null) return null;
    const { concept, language, passive } = use;
    return { end, senses: [{ concept, mood, plural: false, passive, language }], number: null, roles: [] };
  }

  #bare(shape: StemShape, text: string, at: number): Mood | null {
    if (isHangul(text[at])) return null;
    if (shape === 'open') return 'request';
    if (shape === 'adnominal') return 'attributive';
    return shape === 'past' ? 'past' : null;
  }
}

function conceptsOf(words: Partial<Record<Concept, Phrases>> | undefined): [Concept, Phrases][] {
  return Object.entries(words ?? {}) as [Concept, Phrases][];
}

/** A phrase that ends in Latin letters must end where the word does: `stop` is not in `stop-gap-1`. */
export function endsWord(text: string, end: number): boolean {
  const last = text[end - 1];
  if (!isLatin(last)) return true;
  const next = text[end];
  if (isLatin(next)) return false;
  // `gw-1..3` is a range, not gw-1.
  if (next === '.' && text[end + 1] === '.' && isLatin(text[end + 2])) return false;
  return !(next !== undefined && '-_.'.includes(next) && isLatin(text[end + 1]));
}

/** Likewise where it starts. */
export function startsWord(text: string, at: number): boolean {
  if (!isLatin(text[at])) return true;
  const before = text[at - 1];
  if (isLatin(before)) return false;
  return !(
    before !== undefined &&
    '-_./'.includes(before) &&
    at >= 2 &&
    /[^\s,;'"(]/u.test(text[at - 2] ?? ' ')
  );
}

function pluralOf(noun: string): string {
  if (/(?:s|x|ch|sh)$/u.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/u.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** Only the first word of a phrasal verb inflects: `shuts down`. */
function thirdPerson(base: string): string {
  const [head = '', ...rest] = base.split(' ');
  return [pluralOf(head), ...rest].join(' ');
}
