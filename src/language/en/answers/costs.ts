import type { CostWords } from '../../answer-words/costs.ts';

export const costs: CostWords = {
  total: ({ total, from, until, region, estimated }) =>
    `${total} spent${region ? ` in ${region}` : ''} from ${from} to ${until}${estimated ? ' (estimated, the bill is not final)' : ''}.`,
  before: ({ amount, from, until, compared, more, share }) =>
    share === null
      ? `${from} to ${until}: ${amount}.`
      : `${compared ? `Without today it is ${compared}, ` : 'That is '}${share} ${more ? 'more' : 'less'} than from ${from} to ${until} (${amount}).`,
  groups: (names) => `Most of it: ${names}.`,
  others: (count, amount) => `${count} others ${amount}`,
  withoutTag: (tag) => `without ${tag}`,
  forecast: ({ total, until }) => `About ${total} in all by the end of ${until}.`,
  forecastParts: ({ spent, from, ahead }) => `${spent} was spent since ${from}; ${ahead} is forecast.`,
  interval: (level, low, high) =>
    `The forecast part lies between ${low} and ${high} with ${level} % probability.`,
  price: (amount, asOf) =>
    amount === null
      ? `Remembered from ${asOf}: asking cost nothing.`
      : `Asking Cost Explorer cost ${amount}.`,
};
