/** Numbers that look random and come out the same in every run: made from what they stand for. */

/** 32 bits of a text (FNV-1a, finished with murmur3's mixer). */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix32(hash);
}

/** murmur3's 32-bit finaliser. */
function mix32(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The number of a place in a sequence, 0 to below 1. */
export function unit(seed: number, index: number): number {
  return mix32(seed ^ Math.imul(index | 0, 0x9e3779b1)) / 0x1_0000_0000;
}

/** Hexadecimal digits made from a text. */
export function hexOf(text: string, digits: number): string {
  let hex = '';
  for (let part = 0; hex.length < digits; part += 1) {
    hex += hash32(`${text}#${part}`).toString(16).padStart(8, '0');
  }
  return hex.slice(0, digits);
}

/** A UUID made from a text (version 4 by its form). */
export function uuidOf(text: string): string {
  const hex = hexOf(text, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
