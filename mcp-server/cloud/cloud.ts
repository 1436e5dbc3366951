/** Placeholder until the cloud room is built. */
export type Cloud = Record<string, never>;
