import type { SessionWords } from '../session-words.ts';

const s = (count: number) => (count === 1 ? '' : 's');

export const sessions: SessionWords = {
  place: {
    region: (region) => `Calls that name no region now look in ${region} only. /region all looks everywhere.`,
    everywhere: "Calls that name no region now look in all of the account's regions.",
    noRegion: (asked, known) =>
      `"${asked}" is no region of this account.${known ? ` It has ${known}.` : ' A region looks like ap-northeast-2.'}`,
    account: (name) => `The current account is now ${name}.`,
    noAccount: (asked, known) =>
      `There is no account "${asked}" in this session.${known ? ` There is ${known}.` : ''} Others: aiops --account <name or file>.`,
  },
  model: {
    isBuiltIn:
      'The built-in planner reads what you say; it needs no model. Language models (Ollama and OpenAI-compatible endpoints) come with a later version.',
    noOther: (name) =>
      `There is no model "${name}": this version has the built-in planner only. Language models come with a later version.`,
  },
  copy: {
    sent: (characters) =>
      `${characters} character${s(characters)} sent to the terminal's clipboard (OSC 52). Terminals that do not take it stay silent; then use /export.`,
    inTmux: 'In tmux it takes: set -g set-clipboard on',
    tooLong: (most) =>
      `Too long for the terminal's clipboard (at most ${most} bytes). /export writes it to a file.`,
  },
  export: {
    written: (file) => `Written to ${file}`,
    exists: (file) =>
      `${file} is there already and was not overwritten. Name another file: /export md <file>`,
    failed: (file, why) => `${file} could not be written: ${why}`,
    nothing: 'Nothing was said yet: there is nothing to export.',
  },
  audit: {
    none: 'The audit log has no entries yet.',
    failed: (why) => `The audit log could not be read: ${why}`,
  },
  editor: {
    none: 'No editor was found. Set VISUAL or EDITOR to one.',
    failed: (command, why) => `The editor (${command}) failed: ${why} The text is as it was.`,
  },
  problem: ({ code, file, detail }) => {
    switch (code) {
      case 'newer':
        return `${file} was written by a newer version of aiops (${detail}). Use that version, or another folder through XDG_STATE_HOME.`;
      case 'damaged':
        return `${file} is damaged (${detail}). It was left as it is: move it away, or put a copy back.`;
      case 'unwritable':
        return `${file} cannot be written (${detail}). Make it and its folder writable for you, or set XDG_STATE_HOME.`;
      case 'full':
        return `${file} cannot grow: the disk is full (${detail}). Free some space.`;
      case 'busy':
        return `${file} is held by another process (${detail}).`;
      case 'exposed':
        return `Others can write to the folder of ${file} (${detail}). Run chmod 700 on it.`;
      case 'foreign':
        return `The folder of ${file} belongs to someone else (${detail}). Set XDG_STATE_HOME to a folder of yours.`;
      case 'unusable':
        return `${file} cannot be used (${detail}). Check the disk.`;
    }
  },
  notKept: 'This session is not being kept.',
  keptAgain: 'This session is being kept again; nothing of it was lost.',
  inputsForgotten: 'What you type is not kept for later sessions.',
  list: {
    none: 'No sessions are kept yet.',
    how: '/resume <number or id> goes on with one · aiops sessions export <id>',
    here: 'this one',
    open: 'open',
    newer: 'of a newer version',
    turns: (count) => `${count} turn${s(count)}`,
  },
  resume: {
    resumed: (title, when) => `Going on with "${title}" (${when}).`,
    earlier: (count, command) => `${count} earlier turn${s(count)} not shown: ${command}`,
    unread: (count) =>
      `${count} line${s(count)} of its record cannot be read and ${count === 1 ? 'is' : 'are'} left out.`,
    none: (account) =>
      `There is no earlier session of ${account} to go on with (what is open in another terminal does not count: /sessions). This is a new one.`,
    notFound: (id) => `There is no session "${id}". /sessions lists them.`,
    several: (ids) => `Several sessions begin like that: ${ids}.`,
    otherAccount: (account, command) =>
      `That session is about another account, ${account}, so it was not taken up. Go on with it there: ${command}`,
    movedAccount: (then, now) =>
      `That session was about ${then}, and this is ${now}: what was said there is shown, and nothing leans on it.`,
    newer: (id) =>
      `The session ${id} was written by a newer version of aiops. Use that version to go on with it.`,
    whileRunning: 'Wait for the answer, or stop it with Esc, before going on with another session.',
    already: 'That is this session.',
    openElsewhere: (process) =>
      `It is still open in another terminal (process ${process}): what is said here is kept as a session of its own.`,
    interrupted: 'The session ended in the middle of this answer.',
    proposalOver:
      'It was proposed to a session that has ended and can no longer be approved. Ask again to have it proposed anew.',
  },
};
