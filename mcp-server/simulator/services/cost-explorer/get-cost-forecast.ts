import type { GetCostForecastCommandInput } from '@aws-sdk/client-cost-explorer';
import { read } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { billed, cut, dayAt, daysOf, invalid } from './billed.ts';
import { dayAfter } from './cost-rows.ts';

/** Days of history that a forecast is made of, and the fewest it is made with: four weeks tell the weekdays. */
const LEARNT_DAYS = 28;
const FEWEST_DAYS = 28;

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostForecast.html */
export const getCostForecast = read((input: GetCostForecastCommandInput, call) => {
  const { start, end } = daysOf(input.TimePeriod);
  const today = dayAt(call.now);
  if (start < today) throw invalid(`Start date ${start} should not be before today ${today}.`);
  const level = input.PredictionIntervalLevel;
  if (level !== undefined && (level < 51 || level > 99)) {
    throw invalid('PredictionIntervalLevel must be between 51 and 99.');
  }
  const days = historyOf(billed(call), today);
  const model = learn(days);
  const periods = cut(start, end, input.Granularity ?? 'MONTHLY').map((piece) => {
    const count = cut(piece.start, piece.end, 'DAILY');
    const mean = count.reduce((sum, one) => sum + (model.means[weekday(one.start)] ?? 0), 0);
    const spread = level === undefined ? null : quantile(level) * model.deviation * Math.sqrt(count.length);
    return {
      TimePeriod: { Start: piece.start, End: piece.end },
      MeanValue: String(mean),
      ...(spread !== null && {
        PredictionIntervalLowerBound: String(Math.max(0, mean - spread)),
        PredictionIntervalUpperBound: String(mean + spread),
      }),
    };
  });
  const total = periods.reduce((sum, { MeanValue }) => sum + Number(MeanValue), 0);
  return { Total: { Amount: String(total), Unit: 'USD' }, ForecastResultsByTime: periods };
});

/** What each of the last days cost, without today, which is not over. */
function historyOf(rows: readonly { day: string; amount: number }[], today: string): Map<string, number> {
  const from = dayAfter(today, -LEARNT_DAYS);
  const days = new Map<string, number>();
  for (const { day, amount } of rows) {
    if (day >= from && day < today) days.set(day, (days.get(day) ?? 0) + amount);
  }
  if (days.size < FEWEST_DAYS) {
    throw new Refusal('DataUnavailableException', 'Insufficient amount of historical data.');
  }
  return days;
}

/** The mean of each weekday, and how far days lie from it (standard deviation), US dollars. */
function learn(days: ReadonlyMap<string, number>): { means: readonly number[]; deviation: number } {
  const means = Array.from({ length: 7 }, (_, index) => {
    const amounts = [...days].filter(([day]) => weekday(day) === index).map(([, amount]) => amount);
    return amounts.reduce((sum, amount) => sum + amount, 0) / Math.max(1, amounts.length);
  });
  const squares = [...days].map(([day, amount]) => (amount - (means[weekday(day)] ?? 0)) ** 2);
  return { means, deviation: Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length) };
}

function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/**
 * How many standard deviations on either side hold `level` percent of a normal distribution: Winitzki's
 * approximation of the inverse error function (2008), good to 0.2 %.
 */
function quantile(level: number): number {
  const x = level / 100;
  const a = 0.147;
  const logarithm = Math.log(1 - x * x);
  const part = 2 / (Math.PI * a) + logarithm / 2;
  return Math.SQRT2 * Math.sqrt(Math.sqrt(part * part - logarithm / a) - part);
}
