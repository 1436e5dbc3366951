/** `1,234.57 USD`; four decimals below a cent, so that a small amount is not shown as nothing. */
export function moneyText(amount: number, currency: string): string {
  const digits = amount !== 0 && Math.abs(amount) < 0.01 ? 4 : 2;
  const figure = amount.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${figure} ${currency}`;
}
