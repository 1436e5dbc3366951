const DAY_MS = 86_400_000;

/** `$1,234.57`, or `1,234.57 CNY`; two decimals, four for what is less than a cent. */
export function money(amount: number, currency: string): string {
  const digits = amount !== 0 && Math.abs(amount) < 0.01 ? 4 : 2;
  const figure = Math.abs(amount).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const sign = amount < 0 ? '-' : '';
  return currency === 'USD' ? `${sign}$${figure}` : `${sign}${figure} ${currency}`;
}

/** A share of 0 to 1 as `12 %`, with one decimal below ten. */
export function share(of: number): string {
  const percent = of * 100;
  return `${Math.abs(percent) >= 10 ? Math.round(percent) : Math.round(percent * 10) / 10} %`;
}

/** What a cost is grouped by: an account by its name and number, anything else by itself; empty for no tag. */
export function groupName({ key, name }: { key: string; name?: string | undefined }): string {
  return name === undefined || name === key ? key : `${name} (${key})`;
}

/** The last day of a stretch whose end is exclusive: what people say. */
export function lastDay(end: string): string {
  return new Date(Date.parse(`${end}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}
