/** Titles of the chat's tables about AWS's own events and about tags. */
export type AccountWideTitles = {
  service: string;
  affected: string;
  missing: string;
  /** What AWS calls the status of its events: `open`. */
  status(status: string): string;
};
