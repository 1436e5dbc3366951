/** Times as the person's own clock shows them. The zone is named once where several stand together. */
export type Clock = {
  /** `14:05`, with the date before it when it is not the day of `now`: `11-19 14:05`, `2025-11-19 14:05`. */
  at(iso: string): string;
  /** The same to the second: `14:05:07`. */
  toSecond(iso: string): string;
  /** `UTC+9`. */
  zone: string;
};

/** `now` in milliseconds since 1970; `timeZone` an IANA name. A text that is no time is handed back as it is. */
export function clockIn(timeZone: string, now: number): Clock {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  });
  const partsOf = (time: number) =>
    Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const today = partsOf(now);
  const shown = (iso: string, exact: boolean) => {
    const time = Date.parse(iso);
    if (Number.isNaN(time)) return iso;
    const { year, month, day, hour, minute, second } = partsOf(time);
    const clock = exact ? `${hour}:${minute}:${second}` : `${hour}:${minute}`;
    if (year !== today.year) return `${year}-${month}-${day} ${clock}`;
    return month === today.month && day === today.day ? clock : `${month}-${day} ${clock}`;
  };
  return {
    at: (iso) => shown(iso, false),
    toSecond: (iso) => shown(iso, true),
    zone: (today.timeZoneName ?? timeZone).replace(/^GMT(?:[+-]0)?$/, 'UTC').replace(/^GMT/, 'UTC'),
  };
}
