/** The sentences about databases. Names, figures and local times come finished; technical names stay as they are. */
export type DatabaseWords = {
  /** `states`: how many in each status. */
  databases(total: number, states: string): string;
  noDatabases(filter: string): string;
  /** One that is not as it should be: its status, what waits for a reboot or for the maintenance window. */
  notable(name: string, status: string, notes: string): string;
  parametersWait(): string;
  pending(what: string): string;
  events(count: number, database: string, from: string, until: string): string;
  noEvents(database: string, from: string, until: string): string;
  event(when: string, source: string | null, message: string): string;
  /** `vcpus`: null when they are not known. */
  load(of: {
    database: string;
    average: string;
    vcpus: string | null;
    max: string;
    maxAt: string;
    last: string;
  }): string;
  noLoad(database: string): string;
  /** What turns it on: an AWS CLI command. */
  insightsOff(command: string): string;
  waits(parts: string): string;
  /** The statement that costs most. `share`: of the whole load. */
  statement(of: { statement: string; load: string; share: string | null; waits: string }): string;
  from(users: string, hosts: string): string;
};
