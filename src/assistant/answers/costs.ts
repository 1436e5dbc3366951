import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerContext } from './context.ts';
import { groupName, lastDay, money, share } from './money.ts';

const NAMED = 3;

/** What was spent, against the period before, on what most; and what asking cost. */
export function cost(data: ToolOutput<'get_cost'>, context: AnswerContext): string[] {
  const words = context.words.costs;
  const { currency, before, total } = data;
  return [
    words.total({
      total: money(total, currency),
      from: data.start,
      until: lastDay(data.end),
      region: data.region === null ? null : plainLine(data.region),
      estimated: data.estimated,
    }),
    ...(before
      ? [
          words.before({
            amount: money(before.amount, currency),
            from: before.start,
            until: lastDay(before.end),
            compared: before.compared === total ? null : money(before.compared, currency),
            more: before.compared >= before.amount,
            share: before.amount > 0 ? share(Math.abs(before.compared / before.amount - 1)) : null,
          }),
        ]
      : []),
    ...(data.groups.length > 0 ? [words.groups(dearest(data, context))] : []),
    price(data, context),
  ];
}

function dearest({ groups, rest, group_by, currency }: ToolOutput<'get_cost'>, { words }: AnswerContext) {
  const tag = group_by?.replace(/^TAG:/, '') ?? '';
  const named = groups.slice(0, NAMED).map((group) => {
    const name = plainLine(groupName(group)) || words.costs.withoutTag(plainLine(tag));
    return `${name} ${money(group.amount, currency)}${group.share === null ? '' : ` (${share(group.share)})`}`;
  });
  const left = groups.slice(NAMED);
  const count = left.length + (rest?.count ?? 0);
  const amount = left.reduce((sum, group) => sum + group.amount, rest?.amount ?? 0);
  return words.list(count > 0 ? [...named, words.costs.others(count, money(amount, currency))] : named);
}

export function costForecast(data: ToolOutput<'forecast_cost'>, context: AnswerContext): string[] {
  const words = context.words.costs;
  const { currency, low, high } = data;
  return [
    words.forecast({ total: money(data.total, currency), until: lastDay(data.end) }),
    ...(data.spent
      ? [
          words.forecastParts({
            spent: money(data.spent.amount, currency),
            from: data.spent.start,
            ahead: money(data.forecast, currency),
          }),
        ]
      : []),
    ...(low !== null && high !== null
      ? [words.interval(data.level, money(low, currency), money(high, currency))]
      : []),
    price(data, context),
  ];
}

type Priced = Pick<ToolOutput<'get_cost'>, 'requests' | 'price_usd' | 'as_of'>;

function price({ requests, price_usd, as_of }: Priced, { words, times }: AnswerContext): string {
  return requests > 0
    ? words.costs.price(money(price_usd, 'USD'), '')
    : words.costs.price(null, times.at(as_of));
}
