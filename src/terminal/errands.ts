import type { ChatSessions, ResumeOutcome, SessionNews } from '../assistant/sessions/chat-sessions.ts';
import { NO_TALK } from '../assistant/sessions/talk-of.ts';
import { plainLine } from '../domain/plain-text.ts';
import { sessionWords } from '../language/session-words.ts';
import { auditRows } from './audit-rows.ts';
import { clipboardSequence, MOST_COPIED } from './clipboard.ts';
import type { EngineLine } from './engine-line.ts';
import { editOutside } from './outside-editor.ts';
import { sessionRows, shortTime } from './session-rows.ts';
import type { Intent } from './state.ts';
import type { TerminalStore } from './store.ts';
import type { LendTerminal } from './terminal-hold.tsx';

/** What the reducer asks for beside the conversation itself. */
export type Errand = Extract<
  Intent,
  {
    intent:
      | 'model'
      | 'copy'
      | 'export'
      | 'sessions'
      | 'resume'
      | 'audit'
      | 'edit_outside'
      | 'remember'
      | 'look_up'
      | 'redraw';
  }
>;

/** How a chat begins: anew, with the last session of the account, with one, or with the list of them. */
export type Beginning = { begin: 'last' } | { begin: 'session'; id: string } | { begin: 'choose' };

type ErrandsParts = {
  store: TerminalStore;
  line: EngineLine;
  sessions: Promise<ChatSessions | null>;
  environment: Readonly<Record<string, string | undefined>>;
  write(bytes: string): void;
  lend: LendTerminal;
  /** Takes what nobody expected of an errand. */
  onDefect(error: unknown): void;
};

const LISTED = 30;
const COMPLETED = 5_000;
/** Empties the screen and what scrolled off it. */
const WIPE = '\u001b[2J\u001b[3J\u001b[H';
/** A place in the list that `/sessions` showed, in place of an id. */
const PLACE_IN_LIST = /^\d{1,2}$/;

export type Errands = {
  run(errand: Errand): void;
  hear(news: SessionNews): void;
  /** Takes up what the person wanted to go on with. */
  begin(beginning: Beginning, sessions: ChatSessions): void;
};

/** Does what the chat wants done in the world outside, and tells the store what came of it. */
export function createErrands(parts: ErrandsParts): Errands {
  const { store, line, environment, write, lend } = parts;
  let shown: string[] = [];

  const words = () => sessionWords(store.state().language);
  const say = (tone: 'note' | 'error', text: string) =>
    store.tell({ type: 'notice', notice: { notice: 'words', tone, text } });

  async function withSessions(work: (sessions: ChatSessions) => void | Promise<void>): Promise<void> {
    const sessions = await parts.sessions;
    if (sessions) await work(sessions);
  }

  function hear(news: SessionNews): void {
    const { problem, notKept, keptAgain, inputsForgotten, resume } = words();
    switch (news.news) {
      case 'keeping':
        if (news.problem) say('error', `${notKept} ${plainLine(problem(news.problem))}`);
        else say('note', keptAgain);
        return;
      case 'inputs':
        say('error', `${inputsForgotten} ${plainLine(problem(news.problem))}`);
        return;
      case 'other_account':
        line.resume(NO_TALK);
        say('error', resume.movedAccount(plainLine(news.was), plainLine(news.is)));
    }
  }

  function list(sessions: ChatSessions): void {
    const listed = sessions.list(LISTED);
    if ('problem' in listed) {
      say('error', plainLine(words().problem(listed.problem)));
      return;
    }
    const { found, current } = listed;
    shown = found.map(({ summary }) => summary.id);
    if (found.length === 0) {
      say('note', words().list.none);
      return;
    }
    const rows = found.map((one) => {
      const { id, holder } = one.summary;
      return { found: one, here: id === current, open: holder !== null && sessions.isOpen(holder) };
    });
    const { timeZone } = store.state();
    say('note', [...sessionRows(rows, words().list, timeZone), words().list.how].join('\n'));
  }

  function resume(said: string, sessions: ChatSessions): void {
    if (store.state().turn.phase !== 'idle') {
      say('error', words().resume.whileRunning);
      return;
    }
    const id = (PLACE_IN_LIST.test(said) && shown[Number(said) - 1]) || said;
    goOn(sessions.resume(id, words().resume), id);
  }

  function goOn(outcome: ResumeOutcome, id: string): void {
    const { resume: of, problem } = words();
    const { timeZone } = store.state();
    switch (outcome.kind) {
      case 'resumed': {
        const { summary, events, talk, earlier, unread, openIn } = outcome;
        line.resume(talk);
        if (earlier > 0) say('note', of.earlier(earlier, `aiops sessions show ${summary.id}`));
        store.tell({ type: 'shown_again', events });
        if (unread > 0) say('error', of.unread(unread));
        say('note', of.resumed(plainLine(summary.title), shortTime(summary.lastAt, timeZone)));
        if (openIn !== null) say('note', of.openElsewhere(openIn));
        return;
      }
      case 'none': {
        const current = store.state().account?.accounts.find((one) => one.current);
        say('note', of.none(plainLine(current?.name ?? id)));
        return;
      }
      case 'not_found':
        say('error', of.notFound(plainLine(id)));
        return;
      case 'several':
        say('error', of.several(outcome.ids.join(', ')));
        return;
      case 'already':
        say('note', of.already);
        return;
      case 'newer':
        say('error', of.newer(outcome.summary.id));
        return;
      case 'other_account': {
        const { place, asked, id: other } = outcome.summary;
        const command = plainLine(
          ['aiops', asked, '--resume', other].filter((part) => part !== '').join(' '),
        );
        say('error', of.otherAccount(plainLine(place?.name ?? asked), command));
        return;
      }
      case 'failed':
        say('error', plainLine(problem(outcome.problem)));
    }
  }

  function copy(text: string): void {
    const of = words().copy;
    const sequence = clipboardSequence(text, environment);
    if (sequence === null) {
      say('error', of.tooLong(MOST_COPIED));
      return;
    }
    write(sequence);
    const sent = of.sent([...text].length);
    say('note', environment.TMUX ? `${sent} ${of.inTmux}` : sent);
  }

  async function edit(text: string): Promise<void> {
    const { editor } = words();
    const edited = Promise.withResolvers<Awaited<ReturnType<typeof editOutside>>>();
    await lend(async () => edited.resolve(await editOutside(text, environment)));
    const outcome = await edited.promise;
    if (outcome.kind === 'edited') store.tell({ type: 'edited', text: outcome.text });
    else if (outcome.kind === 'no_editor') say('error', editor.none);
    else say('error', editor.failed(plainLine(outcome.command), outcome.why));
  }

  async function audit(count: number): Promise<void> {
    const of = words().audit;
    const engine = await line.engine();
    const look = await engine?.audit(count);
    if (!look) return;
    if (look.kind === 'failed') say('error', of.failed(plainLine(look.why)));
    else if (look.entries.length === 0) say('note', of.none);
    else say('note', auditRows(look.entries, store.state().timeZone).join('\n'));
  }

  async function lookUp(): Promise<void> {
    const [engine, sessions] = await Promise.all([line.engine(), parts.sessions]);
    const names = (await engine?.names(COMPLETED)) ?? [];
    const listed = sessions?.list(LISTED) ?? { found: [] };
    const kept = 'found' in listed ? listed.found : [];
    const ours = kept.map(({ summary: { id, title } }) => ({ id, title: plainLine(title) }));
    store.tell({ type: 'known', known: { names, sessions: ours, models: ['built-in'] } });
  }

  async function run(errand: Errand): Promise<void> {
    switch (errand.intent) {
      case 'model': {
        const { isBuiltIn, noOther } = words().model;
        const known = errand.name === null || errand.name === 'built-in';
        say(known ? 'note' : 'error', known ? isBuiltIn : noOther(plainLine(errand.name ?? '')));
        return;
      }
      case 'copy':
        return copy(errand.text);
      case 'export':
        return await withSessions(async (sessions) => {
          const { writeSession } = await import('./write-session.ts');
          const { tone, text } = await writeSession(sessions, errand, store.state());
          say(tone, text);
        });
      case 'sessions':
        return await withSessions(list);
      case 'resume':
        return await withSessions((sessions) => resume(errand.id, sessions));
      case 'audit':
        return await audit(errand.count);
      case 'edit_outside':
        return await edit(errand.text);
      case 'remember':
        return await withSessions((sessions) => sessions.remember(errand.text));
      case 'look_up':
        return await lookUp();
      case 'redraw':
        return await lend(() => {
          if (errand.wipe) write(WIPE);
        });
    }
  }

  return {
    run: (errand: Errand) => void run(errand).catch(parts.onDefect),
    hear,
    begin: (beginning: Beginning, sessions: ChatSessions) => {
      switch (beginning.begin) {
        case 'last':
          return goOn(sessions.resumeLast(words().resume), '');
        case 'session':
          return goOn(sessions.resume(beginning.id, words().resume), beginning.id);
        case 'choose':
          return list(sessions);
      }
    },
  };
}
