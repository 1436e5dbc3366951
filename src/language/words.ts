import type { Gap } from '../../mcp-server/contract/coverage.ts';
import type { Language } from '../domain/reading.ts';

/** Every language says everything: a missing one is a type error. */
export type InEachLanguage<Words> = Readonly<Record<Language, Words>>;

/** The keys the help explains. */
export type HelpedKey =
  | 'submit'
  | 'newline'
  | 'move'
  | 'words'
  | 'ends'
  | 'history'
  | 'deleteWord'
  | 'deleteLine'
  | 'interrupt'
  | 'cancel'
  | 'leave'
  | 'scroll';

/** The slash commands the help explains. */
export type HelpedCommand = 'help' | 'account' | 'lang' | 'approvals' | 'auto' | 'exit';

/** The chat's own words. */
export type TerminalWords = {
  tagline: string;
  tryLabel: string;
  examples: readonly string[];
  bannerHint: string;
  notATerminal: string;
  crashed: string;

  prompt: {
    placeholder: string;
    pasted: string;
    recalled: string;
    queued: string;
    /** What Enter and Esc do with what was typed ahead. */
    held: string;
    leaveAgain: string;
    interrupting: string;
    leaving: string;
  };

  status: {
    simulated: string;
    simulatedShort: string;
    readOnly: string;
    readOnlyShort: string;
    model: string;
    connecting: string;
    ready: string;
    restarting: string;
    lost: string;
    noCredentials: string;
    firing(count: number): string;
    regions(count: number): string;
  };

  card: {
    awaiting: string;
    declined: string;
    cancelled: string;
    mayHaveChanged: string;
    awsCalls(count: number): string;
    retries(count: number): string;
    console: string;
    more(count: number): string;
    notSeen: string;
    why: Record<Gap['why'], string>;
    rule: string;
  };

  results: {
    none: string;
    name: string;
    id: string;
    state: string;
    type: string;
    zone: string;
    region: string;
    account: string;
    privateIp: string;
    publicIp: string;
    launched: string;
    reason: string;
    tags: string;
    image: string;
    network: string;
    securityGroups: string;
    checks: string;
    systemCheck: string;
    instanceCheck: string;
    volumes: string;
    events: string;
    alarm: string;
    since: string;
    metric: string;
    condition: string;
    at: string;
    change: string;
    summary: string;
    who: string;
    event: string;
    resources: string;
    error: string;
    group: string;
    desired: string;
    limits: string;
    healthy: string;
    calledBy: string;
    calls: string;
    memberOf: string;
    kind: string;
    via: string;
    trend: string;
    minimum: string;
    average: string;
    maximum: string;
    last: string;
    every: string;
    noPoints: string;
    partialData: string;
    before: string;
    after: string;
    outcome: string;
    done: string;
    inProgress: string;
    notSeen: string;
    audit: string;
    closeMatch: string;
    consoleEmpty: string;
    logGroup: string;
    stored: string;
    kept: string;
    days(count: number): string;
    forGood: string;
    message: string;
    stream: string;
    count: string;
    scanned(events: string, bytes: string): string;
  };

  help: {
    keys: string;
    commands: string;
    examples: string;
    key: Record<HelpedKey, string>;
    command: Record<HelpedCommand, string>;
    approval: string;
  };

  account: {
    unknown: string;
    current: string;
    identity: string;
    regions: string;
    endpoint: string;
    simulatedFile: string;
    readOnly: string;
    problem: string;
    recovered: string;
    now: string;
  };

  approvals: {
    none: string;
    pending: string;
    approved: string;
    declined: string;
    expired: string;
    elsewhere: string;
  };

  unknownCommand(command: string): string;
  languageSet: string;
  languageUsage: string;
  monitoringLater: string;
};
