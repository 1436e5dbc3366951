/** Titles of the tables of functions and APIs. */
export type FunctionTitles = {
  runtime: string;
  memory: string;
  timeout: string;
  /** The concurrency that is its own. */
  reserved: string;
  update: string;
  modified: string;
  stages: string;
  deployed: string;
};
