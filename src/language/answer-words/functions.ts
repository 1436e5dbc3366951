/** What answers say of functions and APIs. Names come finished; technical names stay as they are. */
export type FunctionWords = {
  functions(count: number, names: string): string;
  /** `filter`: empty when all were asked for. */
  none(filter: string): string;
  /** Functions that cannot run, or whose last update failed: each with what AWS says of it. */
  notReady(count: number, names: string): string;
  /** Functions that serve nothing: none of the account's concurrency is theirs. */
  switchedOff(count: number, names: string): string;
  apis(count: number, names: string): string;
  noApis(filter: string): string;
};
