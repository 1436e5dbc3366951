import { describe, expect, it } from 'vitest';
import { isKept, type Remembered, withEarlier, withInput } from '../../../src/terminal/prompt/history.ts';

const typed = (text: string): Remembered => ({ text, origin: 'typed' });
const texts = (history: readonly Remembered[]) => history.map(({ text }) => text);

describe('the inputs that can be fetched back', () => {
  it('hold each once, where it was last used', () => {
    const history = ['a', 'b', 'a'].map(typed).reduce(withInput, [] as readonly Remembered[]);
    expect(texts(history)).toEqual(['b', 'a']);
  });

  it('do not grow without end', () => {
    const many = Array.from({ length: 700 }, (_, index) => typed(`input ${index}`));
    const history = many.reduce(withInput, [] as readonly Remembered[]);
    expect(history).toHaveLength(500);
    expect(history.at(-1)?.text).toBe('input 699');
  });

  it('let go of the oldest when long pastes get too much, but never of the last', () => {
    const long = ['a', 'b', 'c'].map((letter) => typed(letter.repeat(900_000)));
    const history = long.reduce(withInput, [typed('first')] as readonly Remembered[]);
    expect(texts(history).map((text) => text[0])).toEqual(['b', 'c']);
    expect(withInput(history, typed('d'.repeat(3_000_000)))).toHaveLength(1);
  });

  it('have those of earlier runs before those of this one, none of them typed', () => {
    const history = withEarlier([typed('b'), typed('c')], ['a', 'b', 'a']);
    expect(texts(history)).toEqual(['a', 'b', 'c']);
    expect(history[0]?.origin).toBe('recalled');
  });
});

describe('what is kept for later runs', () => {
  it.each([
    ['list alarms', true],
    [' stop web-1', false],
    ['', false],
    ['x'.repeat(8_001), false],
  ])('%j', (text, kept) => {
    expect(isKept(text)).toBe(kept);
  });
});
