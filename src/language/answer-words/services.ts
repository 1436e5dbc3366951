/** The sentences about ECS services and load balancers. */
export type ServiceWords = {
  /** `cluster`: null for all. */
  services(count: number, cluster: string | null): string;
  noServices(cluster: string | null): string;
  allWell(): string;
  /** A service with fewer tasks than wanted, or whose deployment fails. */
  ailing(of: { name: string; running: number; desired: number; pending: number; version: string }): string;
  rolling(of: { name: string; version: string; state: string; failed: number }): string;
  /** The newest that ECS says of it. */
  said(message: string, when: string): string;
  well(names: string): string;
  balancers(count: number, names: string): string;
  noBalancers(): string;
  balancerState(name: string, state: string, reason: string | null): string;
  /** `total`: targets in use. */
  health(of: { balancer: string; healthy: number; total: number }): string;
  /** A target that does not get requests as it should. */
  target(of: { name: string; group: string; state: string; reason: string | null }): string;
  noTargets(balancer: string): string;
  moreTargets(count: number): string;
};
