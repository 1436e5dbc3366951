import type { Gap } from '../../mcp-server/contract/coverage.ts';
import type { Language } from '../domain/reading.ts';
import type { CommandWords, HelpWords, PromptWords } from './prompt-words.ts';
import type { AccountWideTitles } from './result-words/account-wide.ts';
import type { CostTitles } from './result-words/costs.ts';
import type { DatabaseTitles } from './result-words/databases.ts';
import type { FunctionTitles } from './result-words/functions.ts';
import type { ServiceTitles } from './result-words/services.ts';

/** Every language says everything: a missing one is a type error. */
export type InEachLanguage<Words> = Readonly<Record<Language, Words>>;

/** The chat's own words. */
export type TerminalWords = {
  tagline: string;
  tryLabel: string;
  examples: readonly string[];
  bannerHint: string;
  notATerminal: string;
  crashed: string;

  prompt: PromptWords;

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
    monitoringOff: string;
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
    /** What is left out of a card, and the key that shows it. */
    folded(count: number): string;
    /** A result too large to be kept whole: how many of its rows are. */
    cutShort(kept: string, of: string): string;
    notSeen: string;
    why: Record<Gap['why'], string>;
    rule: string;
  };

  results: {
    costs: CostTitles;
    databases: DatabaseTitles;
    functions: FunctionTitles;
    accountWide: AccountWideTitles;
    services: ServiceTitles;
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

  /** A result opened in full. */
  pager: {
    position(from: string, to: string, of: string): string;
    keys: string;
    searchKeys: string;
    notFound(text: string): string;
    nothing: string;
  };

  /** For who has the screen read out: what the marks and columns say. */
  spoken: {
    you: string;
    answer: string;
    question: string;
    refusal: string;
    note: string;
    error: string;
    running(tool: string): string;
    done(tool: string, elapsed: string): string;
    failed(tool: string, code: string): string;
    ended(tool: string, how: string): string;
    rows(count: number): string;
  };

  help: HelpWords;

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

  commands: CommandWords;
};
