/** The sentences about what was spent. Amounts come with their currency, days as `2026-11-20`. */
export type CostWords = {
  total(of: {
    total: string;
    from: string;
    until: string;
    region: string | null;
    estimated: boolean;
  }): string;
  /**
   * `share`: how much more or less, `12 %`; null when there is nothing to compare with. `compared`: what is
   * compared, when that is the cost without today.
   */
  before(of: {
    amount: string;
    from: string;
    until: string;
    compared: string | null;
    more: boolean;
    share: string | null;
  }): string;
  /** `names`: groups with their amounts and shares. */
  groups(names: string): string;
  others(count: number, amount: string): string;
  /** What has not got the tag that was grouped by. */
  withoutTag(tag: string): string;
  forecast(of: { total: string; until: string }): string;
  forecastParts(of: { spent: string; from: string; ahead: string }): string;
  interval(level: number, low: string, high: string): string;
  /** What asking cost; null when the answer was remembered. */
  price(amount: string | null, asOf: string): string;
};
