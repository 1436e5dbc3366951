import type { AnswerWords } from '../../language/answer-words.ts';

/** Local times for one answer. `used` tells afterwards whether the zone has to be said. */
export type Times = {
  /** `14:02` today, `yesterday 14:02`, else `2026-11-18 14:02`. Takes ISO 8601 or epoch milliseconds. */
  at(when: string | number): string;
  used(): boolean;
  now: Date;
};

export function createTimes(now: Date, timeZone: string, words: Pick<AnswerWords, 'yesterday'>): Times {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = (at: Date) => {
    const found = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
    return { day: `${found.year}-${found.month}-${found.day}`, time: `${found.hour}:${found.minute}` };
  };
  const today = parts(now).day;
  const yesterday = dayBefore(today);
  let used = false;
  return {
    now,
    used: () => used,
    at: (when) => {
      used = true;
      const { day, time } = parts(new Date(when));
      if (day === today) return time;
      return day === yesterday ? words.yesterday(time) : `${day} ${time}`;
    },
  };
}

/** Calendar arithmetic on the date itself, so that a day of 23 or 25 hours is still one day. */
function dayBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
}
