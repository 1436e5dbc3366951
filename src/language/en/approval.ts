import type { ApprovalWords, TimeSpan } from '../../domain/approval-words.ts';

function inUnits({ count, unit }: TimeSpan): string {
  const short = { second: 's', minute: 'min' };
  if (unit === 'second' || unit === 'minute') return `${count} ${short[unit]}`;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

export const approvalWords: ApprovalWords = {
  label: {
    call: 'Change',
    plan: 'Plan',
    step: 'Step',
    target: 'Target',
    becomes: 'Becomes',
    takesAway: 'Goes with it',
    affected: 'Also feels it',
    notSeen: 'Not seen',
    undo: 'Undo',
    as: 'As',
    where: 'Where',
    expires: 'Open for',
    cli: 'AWS CLI',
    flagged: 'Check',
    standing: 'Standing grant',
    rate: 'At most',
    until: 'Until',
    open: 'Any value for',
    reason: 'Reason',
  },
  standing: {
    heading: (id) =>
      `${id} · a yes signs it for the future: this call then runs again and again without asking`,
    rate: (count, per) => (count === 1 ? `once in any ${per}` : `${count} times in any ${per}`),
    nothingOpen: 'no argument: each stays exactly as shown',
    noTerminal:
      'A standing grant is signed in a terminal only, where its terms show: --approve does not count for it.',
  },
  risk: { change: 'change', destructive: 'destructive', irreversible: 'destructive, cannot be undone' },
  steps: (count) => (count === 1 ? '1 step' : `${count} steps`),
  noneAffected: 'nothing else that could be found',
  takesAway: (count, kind, among) => `at most ${count} × ${kind}${among ? `, of ${among}` : ''}`,
  feltAs: {
    calls_it: 'calls it',
    balancer_sends_to_it: 'sends it requests',
    balancer_without_healthy: 'sends it requests, and has no other healthy target to send them to',
    group_takes_it_back: 'is its group and takes it back into service',
    group_replaces_it: 'is its group, finds it unhealthy and replaces it',
    group_may_replace_it: 'is its group, finds it unhealthy while it is stopped and may replace it',
    group_may_find_it_unhealthy: 'is its group and may find it unhealthy meanwhile',
    group_starts_another: 'is its group and starts another in its place',
    may_be_terminated: 'may be one of those the group terminates',
    replica_falls_behind: 'is its read replica and falls behind meanwhile',
    shares_its_cluster: 'is in the same cluster: it may take over, or restart with it',
    shares_parameter_group: 'uses the same parameter group: it changes with it',
    standby_does_not_take_over: 'does not take over: this is a restart without failover',
  },
  noUndo: {
    nothing_to_take_back: 'nothing to take back; what ran in memory is gone',
    published: 'an event that was published is not called back',
    values_differ: 'no single call: the tags differ now (above); set them one by one',
    split_not_restored: "none: no call splits an alias's traffic between versions again",
    gone_for_good: 'none: a terminated instance and the volumes deleted with it do not come back',
    deploy_again: 'no tool goes forward again: the newer version has to be deployed once more',
    cannot_shrink: 'none: a volume cannot shrink again; its file system still has to be extended from within',
    connections_are_cut:
      'nothing to take back: it is down for about a minute, and every connection to it is cut',
    storage_cannot_shrink:
      'none: the storage of a database cannot shrink, and RDS changes it only once in six hours',
    was_engine_default:
      'no call of this tool: the parameter had no value of its own; reset it in its parameter group',
  },
  undoNote: {
    other_public_address: 'a public address that is not an Elastic IP will be another one',
    interrupts_again: 'stops and starts it once more',
    new_instances: 'starts new instances; those terminated do not come back',
    restarts_database_again: 'restarts the database once more',
    needs_reboot: 'takes effect at the next reboot only',
  },
  gap: {
    denied: 'access denied',
    expired: 'credentials expired',
    throttled: 'throttled',
    partial: 'only in part',
    no_data: 'no data',
    wrong_region: 'wrong region',
    unreachable: 'unreachable',
    not_simulated: 'not simulated',
    not_configured: 'not configured',
    truncated: 'cut short',
  },
  unchanged: 'the same as now, after an interruption',
  simulated: (file) => `simulated account ${file}`,
  endpoint: (url) => `AWS at ${url}`,
  keys: {
    all: 'y approve · n decline · e edit · w why · Esc decline',
    without_edit: 'y approve · n decline · w why · Esc decline',
    yes_no: 'y approve · n decline · Esc decline',
  },
  namingKeys: {
    all: 'Enter confirms the name · n, e or w and Enter: decline, edit, why · Esc declines',
    without_edit: 'Enter confirms the name · n or w and Enter: decline, why · Esc declines',
    yes_no: 'Enter confirms the name · n and Enter: decline · Esc declines',
  },
  typeName: (name) => `This cannot be undone. To approve it, type the name: ${name}`,
  wrongName: 'That is not the name. Nothing was approved.',
  passphrase: 'Passphrase of your approval key',
  passphraseKeys: 'Enter signs · Esc declines',
  pasteIgnored: 'Pasted text does not count: type it.',
  enterIgnored: 'Enter is not a yes: press y to approve, n to decline.',
  enterAlone: 'Press Enter by itself to confirm the name.',
  wait: 'That key came too early to count. Press it again.',
  unseen: 'Read it to its end first: ↓ shows more.',
  checking: 'Checking the passphrase…',
  span: inUnits,
  approved: 'Approved.',
  declined: 'Declined. Nothing was approved.',
  expired: 'It expired before it was answered: nothing was approved. Ask for the change again.',
  noTerminal:
    "There is no terminal to ask on. Run this in one, or name both exactly: --approve 'tool:resource'.",
  key: (problem) => {
    switch (problem.code) {
      case 'exposed':
        return `Others have access to ${problem.path} (mode ${problem.mode}), so it is not used. Run: ${problem.fix}`;
      case 'foreign':
        return `${problem.path} belongs to another user, so it is not used.`;
      case 'not_a_key':
        return `${problem.path} is not an Ed25519 private key (PKCS #8, PEM). Move it away; a new key is made at the next approval.`;
      case 'unusable':
        return `Your approval key ${problem.path} cannot be used: ${problem.why}`;
      case 'passphrase_needed':
        return 'Your approval key has a passphrase.';
      case 'passphrase_wrong':
        return 'That is not the passphrase of your approval key.';
    }
  },
  signing: (problem) => {
    switch (problem.code) {
      case 'digest':
        return `Proposal ${problem.proposal} is not what its digest says: it was changed on the way here. It was not signed.`;
      case 'ended':
        return `Proposal ${problem.proposal} ended at ${problem.at}. Ask for the change again.`;
      case 'standing_destructive':
        return `${problem.tool} is destructive here: it needs a person each time, and no standing grant is signed for it.`;
      case 'standing_targets':
        return `A standing grant is for exactly one resource, not ${problem.count}.`;
      case 'standing_free_text':
        return `${problem.argument} is not an argument that may stand open in a standing grant.`;
    }
  },
};
