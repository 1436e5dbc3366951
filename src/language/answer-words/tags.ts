/** The sentences about tags. */
export type TagWords = {
  /** `tags`: those that were looked for; empty for any. */
  untagged(of: { count: number; checked: number; tags: string; kinds: string; names: string }): string;
  noneUntagged(checked: number, tags: string): string;
  kind(kind: string, count: number): string;
};
