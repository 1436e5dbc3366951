import type { FaultKind } from '../../mcp-server/simulator/account-file.ts';

export type FaultWords = {
  /** What is wrong. */
  what: string;
  /** Where a person sees it. */
  seen: string;
  mends: string;
  /** What is tempting, and does not mend it. */
  wrong: string;
};

/** Of each kind that acts; what it falls on is known to its rules. */
export const FAULT_WORDS: Readonly<Partial<Record<FaultKind, FaultWords>>> = {
  instance_impaired: {
    what: 'The operating system hangs.',
    seen: 'its instance status check (the system one passes), a kernel panic in the console output, CPU and network near nothing, an unhealthy target.',
    mends: '`reboot_instances`, or `stop_instances` and then `start_instances`.',
    wrong: '`start_instances` alone: it runs already. More instances: it stays impaired.',
  },
  instance_stopped: {
    what: 'The instance shuts itself down.',
    seen: 'its state and the reason for it, the shutdown in its log, metrics that end, alarms with insufficient data.',
    mends: '`start_instances`.',
    wrong: '`reboot_instances`: it does not run.',
  },
  cpu_saturation: {
    what: 'Traffic takes all of the CPU, near `severity`. A group: all of its instances that run then.',
    seen: 'CPU and network, slow requests in the log, latency of what stands before it.',
    mends: '`set_desired_capacity` up, or `resize_instance` to a bigger type.',
    wrong: '`reboot_instances`: it meets the same traffic. As many instances as before, or a smaller type.',
  },
  traffic_spike: {
    what: 'Three to four times the usual requests. A group or a balancer: all that stands behind it.',
    seen: 'request counts, CPU, latency, full queues in the log.',
    mends: '`set_desired_capacity` or `scale_service` up; for an instance in no group `resize_instance`.',
    wrong:
      '`reboot_instances`, `restart_service`: the requests are still there. One bigger instance in a group.',
  },
  process_crash: {
    what: 'The application dies and does not come back; the machine is well.',
    seen: 'an unhealthy target while all status checks pass, the crash in the log, CPU far below the usual.',
    mends: '`reboot_instances`, or `stop_instances` and then `start_instances`.',
    wrong: '`resize_instance`: the program that fails is the same.',
  },
  memory_exhaustion: {
    what: 'The application leaks memory until the kernel kills it, over and over.',
    seen: '`mem_used_percent` (CWAgent) rising for hours before, the OOM killer in log and console output, swapping.',
    mends:
      '`reboot_instances`, for four hours: the leak is still there. Whoever owns the program has to be told.',
    wrong: '`resize_instance`: it takes all the memory it is given.',
  },
  disk_full: {
    what: 'Files fill the fullest disk.',
    seen: '`disk_used_percent` (CWAgent), “No space left on device” in the log, errors of those who call it.',
    mends: '`grow_volume` of that disk.',
    wrong: '`reboot_instances`: it is as full as before. Growing another disk.',
  },
  target_unhealthy: {
    what: 'The application no longer answers its health checks; the machine is well. A balancer: the first of its targets that serves.',
    seen: 'the target’s health, `UnHealthyHostCount`, failing health checks in the log.',
    mends: '`reboot_instances` of the instance; `restart_service` of the service.',
    wrong: 'taking the target out of its group: one fewer serves.',
  },
  bad_deploy: {
    what: 'Somebody deploys a version that fails: of a function, one whose code throws; of a service, one whose tasks crash. Before the start of the run, it is the version the file names.',
    seen: 'errors and stack traces, the deployment in `list_changes`; of a service, tasks that fail, its events and fewer of them running.',
    mends: '`rollback_function`, `rollback_service`. A function needs a `version` in the file for that.',
    wrong: '`restart_function`, `restart_service`: the same version again.',
  },
  lambda_errors: {
    what: 'The warm environments hold a connection that has gone stale.',
    seen: 'errors and “read ECONNRESET” in the log; nothing was changed.',
    mends: '`restart_function`.',
    wrong: '`update_function_configuration` with more memory or time.',
  },
  lambda_timeout: {
    what: 'Something the function waits for has become slow.',
    seen: 'its duration at its timeout, “Task timed out” in the log.',
    mends:
      '`update_function_configuration` with half as much `timeout_s` again or more; or the end of the fault on what it calls.',
    wrong: '`restart_function`: new environments wait as long.',
  },
  lambda_throttled: {
    what: 'More requests at a time than the function may serve.',
    seen: '`Throttles`, fewer invocations, errors of those who call it; its own log has none.',
    mends:
      '`update_function_configuration` with half as much `reserved_concurrency` again or more; without any, 10 or more; or `null`, for none of its own.',
    wrong: '`restart_function`: the limit stays.',
  },
  database_connections_exhausted: {
    what: 'A caller leaks connections until none is left: the first service among its `dependencies`, else instance, else function.',
    seen: '`DatabaseConnections` at the limit, refused ones in its log, the leak in the caller’s log, who holds them in `get_database_load`.',
    mends:
      '`restart_service`, `reboot_instances` or `restart_function` of the caller that leaks; or `modify_database_parameter` max_connections up, once it is in effect (PostgreSQL: after a reboot).',
    wrong: '`reboot_database`: it cuts them, and ninety seconds later it is back.',
  },
  database_slow: {
    what: 'A bad query, or a full storage: see `cause`.',
    seen: 'a bad query: CPU, read latency, slow statements in its log, the query in `get_database_load`. A full storage: status `storage-full`, no free space, writes that fail.',
    mends:
      'a full storage: `modify_database` with more `storage_gb`. A bad query: no tool; escalate with the query.',
    wrong: '`modify_database` with a bigger class; `reboot_database`.',
  },
  permission_denied: {
    what: 'Somebody took a permission from the resource’s role.',
    seen: 'AccessDenied in its log, `DeleteRolePolicy` in `list_changes` a minute before.',
    mends: 'no tool: IAM is never changed from here. Escalate with what was changed, by whom and when.',
    wrong: 'any restart.',
  },
  certificate_expired: {
    what: 'A certificate could not be renewed and has run out.',
    seen: 'handshakes that fail, fewer requests and no errors of its own, `list_health_events`; two days before, the record that proves the domain was deleted.',
    mends: 'no tool: escalate.',
    wrong: 'any restart.',
  },
  config_changed: {
    what: 'Somebody changed a setting that guards the resource, such as a security group or a policy, and nobody gets through; a function or a service no longer reaches others.',
    seen: 'connections that time out in the log of those who call, fewer requests here, the change in `list_changes` half a minute before.',
    mends: 'no tool yet: escalate with what was changed.',
    wrong: 'any restart or more capacity.',
  },
  cost_spike: {
    what: 'Something costs many times the usual. `on` may also be a service, usage type or tag as the bill has it. Needs `costs`.',
    seen: '`get_cost`, for the days or part of a day it lasts.',
    mends: 'the recovery of a fault that causes it; `stop_instances`, or `set_desired_capacity` down.',
    wrong: '`reboot_instances`; more capacity.',
  },
  log_error_burst: {
    what: 'Errors pour into a log. A log group may be named itself.',
    seen: 'up to 180 lines a minute, by `severity`.',
    mends:
      'the recovery of the fault on the resource or on what it calls; with none in the file it passes after half an hour.',
    wrong: 'silencing it.',
  },
};
