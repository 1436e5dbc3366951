import type { TalkWords } from '../talk-words.ts';
import { answers } from './answers.ts';
import { values } from './values.ts';

const KINDS: Readonly<Record<string, string>> = {
  auto_scaling_group: 'Auto Scaling group',
  load_balancer: 'load balancer',
  log_group: 'log group',
  managed_cluster: 'cluster',
};

const article = (noun: string) => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
const kind = (of: string) => KINDS[of] ?? of;

const LOOKS = {
  state: 'state',
  targets: 'target health',
  metric: 'metric',
  logs: 'logs',
  alarms: 'alarms that are firing',
  dependencies: 'dependencies',
  changes: 'recent changes',
} as const;

export const talk: TalkWords = {
  kind,
  none: (reason) => {
    switch (reason) {
      case 'thanks':
        return 'You are welcome.';
      case 'greeting':
        return 'Hello. Try "list all instances", "what alarms are firing" or "CPU of web-1 over the last 3 hours".';
      case 'withdrawn':
        return 'All right, nothing was done.';
      case 'negated':
        return 'Understood: not doing that.';
      case 'hypothetical':
        return 'That reads as a question about doing it, so nothing was done. Say it plainly to have it proposed.';
      case 'reported_speech':
        return 'That reads as what somebody else said, so nothing was done. Say it in your own words to have it proposed.';
      case 'off_topic':
        return 'I did not understand that as something I can do. I look after AWS resources (instances, databases, functions, services, load balancers) and their alarms, metrics, logs, changes and costs.';
      case 'help':
        return 'Say what you want to see or do: "list all instances", "what alarms are firing", "CPU of web-1 over the last 3 hours", "errors in /aws/lambda/checkout", "what changed in the last hour", "how much did we spend this month", "start batch-1", "reboot api-1". Whatever changes something is shown to you first.';
      case 'empty':
        return 'There was nothing to read.';
    }
  },
  noneAbout: (call) => `(It would have been ${call}.)`,
  refusal: (reason, action, most) => {
    switch (reason) {
      case 'sweep':
        return `Refused: ${action} on everything at once is never done from here. Name the resources.`;
      case 'too_many':
        return `Refused: ${action} on more than ${most} resources in one go. Name fewer; the limit is max_targets in the configuration.`;
      case 'forbidden_action':
        return `Refused: ${action} is never done from here, whatever is approved. There is no tool for it.`;
    }
  },
  question: (of) => {
    switch (of.code) {
      case 'ambiguous':
        return `Which ${kind(of.kind)} do you mean by "${of.mention}"?`;
      case 'unknown_resource':
        return [
          of.seen ? `There is no "${of.mention}".` : `"${of.mention}" is not among what could be listed.`,
          of.choices > 0 ? 'Did you mean one of these?' : 'What is its exact name or id?',
        ].join(' ');
      case 'close_match':
        return `There is nothing named exactly "${of.mention}". Did you mean this?`;
      case 'missing_target':
        return `Which ${kind(of.kind)}? (${of.tool})`;
      case 'missing_value':
        return `${values[of.argument] ?? `What ${of.argument.replaceAll('_', ' ')}?`} (${of.tool})`;
      case 'wrong_kind':
        return `"${of.mention}" is not ${article(kind(of.kind))}. What did you mean?`;
      case 'conditional':
        return of.tool === ''
          ? 'That depends on a condition. Say plainly what to do now.'
          : `That depends on a condition. Should ${of.tool} be done now?`;
      case 'cause_later':
        return of.subject === null
          ? 'Finding the cause by itself comes with a later version. What do you want to look at now?'
          : `Finding the cause by itself comes with a later version. What of ${of.subject} do you want to look at now?`;
      case 'unsure':
        return of.choices > 0
          ? 'I am not sure what you mean. One of these?'
          : 'I am not sure what you mean. Say it in other words, with the name of the resource.';
    }
  },
  look: (of) => LOOKS[of],
  moreChoices: (count) =>
    count === 1
      ? 'There is 1 more that is not listed: say its name.'
      : `There are ${count} more that are not listed: say the name of the one you mean.`,
  unlisted: (places) =>
    `Not everything could be listed: ${answers.list(places.map(({ what, where, why }) => `${what}${where && ` in ${where}`} (${answers.gapReason(why)})`))}. It may be there.`,
  failure: (code) => {
    switch (code) {
      case 'denied':
        return 'Access denied.';
      case 'no_credentials':
        return 'No AWS credentials.';
      case 'expired_credentials':
        return 'The AWS credentials have expired.';
      case 'read_only':
        return 'Refused: this session is read-only.';
      case 'forbidden':
        return 'Refused.';
      case 'unreachable':
        return 'Could not reach it.';
      case 'outcome_unknown':
        return 'The outcome is not known.';
      default:
        return null;
    }
  },
  nothingChanged: () => 'Nothing was changed.',
  notServed: (call) => `Understood: ${call}. This version has no tool for it yet.`,
  stepByStep: () => 'These cannot be approved as one plan: each asks by itself.',
  stepsLeft: (count) =>
    count === 1 ? 'The step after it was not run.' : `The ${count} steps after it were not run.`,
  approvalNeeded: (proposal, flags) =>
    `Not run: it needs an approval (proposal ${proposal}). Run it in a terminal, or approve this tool on exactly this with ${flags}`,
  declined: () => 'Declined; nothing was changed.',
  editing: () => 'Nothing was changed. Your sentence is back for editing.',
  lookingFirst: () => 'Looking at what it would touch first.',
  ranWithoutDialog: (call) =>
    `${call}: run without asking, since it restores capacity and you named it in full.`,
  stateMoved: () => 'The state has changed since it was proposed. Look again.',
  proposalExpired: () => 'The proposal had expired. Here it is anew.',
  expiredUnanswered: () => 'It expired before it was answered: nothing was run. Ask for it again.',
  cannotSign: (why) => `It could not be signed: ${why}`,
  directoryUnseen: (why) => `Names could not be looked up: ${why}`,
  busy: () => 'One thing at a time: the last one is still running.',
  interrupted: () => 'Stopped.',
  waitingForChange: () =>
    'The change has already been sent and cannot be called back; waiting for its outcome.',
  recovered: (tool, at, finding) => `The ${tool} of ${at} was left without an outcome. ${finding}`,
  flagged: (argument, value) =>
    `${argument} = ${value} stands only in text from outside, not in anything you typed`,
  internal: (why) => `Something went wrong here: ${why}`,
};
