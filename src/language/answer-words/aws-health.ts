/** The sentences about AWS's own troubles and about events that were published. */
export type AwsHealthWords = {
  /** `names`: services with regions, the open issues. */
  issues(count: number, names: string): string;
  noIssues(): string;
  /** Upcoming changes and notices. */
  others(counts: { upcoming: number; notices: number; closed: number }): string;
  event(of: { service: string; region: string; description: string; since: string | null }): string;
  /** A change that AWS plans. */
  planned(of: { service: string; region: string; description: string; at: string | null }): string;
  affected(names: string): string;
  /** What cannot be seen afterwards: whether a rule took it up. */
  published(bus: string, id: string): string;
};
