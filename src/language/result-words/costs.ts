/** Titles of the cost tables of the chat. */
export type CostTitles = {
  group: string;
  cost: string;
  share: string;
  before: string;
  total: string;
  spent: string;
  forecast: string;
  interval: string;
  price: string;
  estimated: string;
  remembered: string;
  withoutTag: string;
  others(count: number): string;
};
