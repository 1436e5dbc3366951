/** What is asked for when a call lacks a value, by argument. Any other is asked for by its name. */
export const values: Readonly<Record<string, string>> = {
  log_group: 'Which log group?',
  desired: 'How many should there be?',
  replicas: 'How many replicas should there be?',
  instance_type: 'To which instance type?',
  class: 'To which database class?',
  size_gb: 'How many GB in all?',
  storage_gb: 'How many GB of storage in all?',
  memory_mb: 'How much memory, in MB?',
  timeout_s: 'After how many seconds should it time out?',
  reserved_concurrency: 'How many executions at once should be reserved?',
  parameter: 'Which parameter?',
  value: 'To which value?',
  tags: 'Which tags, as key=value?',
  detail_type: 'What kind of event is it (its detail type)?',
  severity: 'How severe is it: critical, high, medium, low or info?',
  detail: 'What should it say? Give it as key=value or as JSON.',
};
