/** The keys the help explains. */
export type HelpedKey =
  | 'submit'
  | 'newline'
  | 'move'
  | 'words'
  | 'ends'
  | 'textEnds'
  | 'history'
  | 'search'
  | 'complete'
  | 'deleteWord'
  | 'deleteLine'
  | 'yank'
  | 'undo'
  | 'editOutside'
  | 'open'
  | 'redraw'
  | 'interrupt'
  | 'cancel'
  | 'leave'
  | 'scroll';

/** The commands the help explains. */
export type HelpedCommand =
  | 'help'
  | 'account'
  | 'region'
  | 'model'
  | 'lang'
  | 'sessions'
  | 'resume'
  | 'approvals'
  | 'audit'
  | 'copy'
  | 'export'
  | 'clear'
  | 'auto'
  | 'exit';

/** What the help can be asked for beside a command. */
export type HelpTopic = 'keys' | 'commands' | 'examples';

export type PromptWords = {
  placeholder: string;
  /** Why a change will ask whatever it is; one for each way a text can come. */
  pasted: string;
  recalled: string;
  edited: string;
  completed: string;
  queued: string;
  /** What Enter and Esc do with what was typed ahead. */
  held: string;
  leaveAgain: string;
  clearAgain: string;
  interrupting: string;
  leaving: string;
  /** A long paste, as it stands in the prompt. `lines` null: it is one line. */
  paste(lines: string | null, size: string): string;
  /** Stands for the rest of a long input, once it is sent. `lines` null: it is one line. */
  long(lines: string | null, size: string): string;
  search: string;
  /** What the keys of a search do. */
  searchKeys: string;
  noMatch: string;
  lookingUp: string;
  more(count: number): string;
  /** A kind of resource. */
  kind(of: string): string;
};

export type HelpWords = {
  keys: string;
  commands: string;
  examples: string;
  key: Record<HelpedKey, string>;
  command: Record<HelpedCommand, string>;
  /** More about a command, for who asks for it by name. */
  about: Record<HelpedCommand, string>;
  also: string;
  approval: string;
  noTopic(topic: string): string;
  more: string;
};

export type CommandWords = {
  unknown(command: string, meant: string | null): string;
  misused(usage: string): string;
  languageSet: string;
  languageUsage: string;
  regions(regions: string): string;
  noRegions: string;
  nothingToCopy: string;
  monitoringLater: string;
};
