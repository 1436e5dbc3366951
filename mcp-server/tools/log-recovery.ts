import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { createLimit } from '../cloud/limit.ts';
import { readLogRecord } from '../cloud/log-query.ts';
import { lookBeside } from '../cloud/look.ts';
import type { Gap } from '../contract/coverage.ts';
import { LONGEST_MESSAGE } from './log-findings.ts';

type Row = Record<string, string>;

/** Whole messages asked for in one call; each is a request of its own. */
const MOST_RECOVERED = 10;
const AT_ONCE = 4;

/**
 * Rows with their messages whole where Insights cut them, as far as a reader takes them: by the pointer, the
 * newest first. What stays cut is a gap. A cut one is known by its length before the cut, in the row as `chars`.
 */
export async function recoverCutMessages(
  cloud: Cloud,
  place: Place,
  rows: readonly Row[],
): Promise<{ rows: Row[]; gaps: Gap[] }> {
  const cut = rows.filter(isCut);
  const limit = createLimit(AT_ONCE);
  const gaps: Gap[] = [];
  const whole = new Map<Row, string>();
  await Promise.all(
    cut.slice(0, MOST_RECOVERED).map((row) =>
      limit(async () => {
        const { value, coverage } = await lookBeside(
          cloud,
          place,
          { what: 'the rest of a long message', action: 'logs:GetLogRecord' },
          () => readLogRecord(cloud, place, row['@ptr'] ?? ''),
        );
        gaps.push(...coverage.gaps);
        const message = value?.['@message'];
        if (message !== undefined) whole.set(row, message);
      }, cloud.signal),
    ),
  );
  const left = cut.length - MOST_RECOVERED;
  if (left > 0) gaps.push(leftCut(place, `${left} more long messages are shown as Logs Insights cut them.`));
  const shown = rows.map((row) =>
    shortened(whole.has(row) ? { ...row, '@message': whole.get(row) ?? '' } : row),
  );
  const long = shown.filter(({ cutHere }) => cutHere).length;
  if (long > 0) {
    const detail = `${long} ${long === 1 ? 'message is' : 'messages are'} longer than ${LONGEST_MESSAGE} characters; only the beginning is shown.`;
    gaps.push(leftCut(place, detail));
  }
  return { rows: shown.map(({ row }) => row), gaps: distinct(gaps) };
}

function isCut(row: Row): boolean {
  const said = row['@message'];
  return said !== undefined && row['@ptr'] !== undefined && Number(row.chars ?? 0) > [...said].length;
}

function shortened(row: Row): { row: Row; cutHere: boolean } {
  const said = row['@message'];
  if (said === undefined || said.length <= LONGEST_MESSAGE) return { row, cutHere: false };
  const beginning = said.slice(0, LONGEST_MESSAGE).replace(/[\uD800-\uDBFF]$/, '');
  return { row: { ...row, '@message': `${beginning}…` }, cutHere: true };
}

function leftCut({ account, region }: Place, detail: string): Gap {
  return { what: 'long messages', why: 'truncated', detail, account: account.name, region };
}

/** Ten messages that may not be read are one thing that could not be seen. */
function distinct(gaps: readonly Gap[]): Gap[] {
  return [...new Map(gaps.map((gap) => [gap.detail, gap])).values()];
}
