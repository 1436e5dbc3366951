const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P'];

/** At most three significant digits, never in exponents: 0.0123, 3.46, 31, 1,234. */
export function number(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en-US');
  const digits = size >= 10 ? 1 : 2;
  const short = size > 0 && size < 0.01 ? value.toPrecision(2) : value.toFixed(digits);
  return short.includes('e') ? short : short.replace(/\.?0+$/, '');
}

/**
 * A CloudWatch value with its unit, as people write it: `31 %`, `2.1 MB/s`, `340 ms`. Bytes are scaled by
 * 1,000, as CloudWatch's own units are; an unknown or missing unit stands as it is.
 */
export function quantity(value: number, unit: string | null): string {
  const [base, per] = splitRate(unit ?? '');
  const suffix = per ? '/s' : '';
  switch (base) {
    case 'Percent':
      return `${Math.abs(value) >= 10 ? Math.round(value) : number(value)} %`;
    case 'Bytes':
      return `${scaled(value, 'B')}${suffix}`;
    case 'Bits':
      return `${scaled(value, 'bit')}${suffix}`;
    case 'Seconds':
      return seconds(value);
    case 'Milliseconds':
      return seconds(value / 1_000);
    case 'Microseconds':
      return seconds(value / 1_000_000);
    case 'Count':
    case 'None':
    case '':
      return `${number(value)}${suffix}`;
    default:
      return `${number(value)} ${base}${suffix}`;
  }
}

function splitRate(unit: string): [string, boolean] {
  return unit.endsWith('/Second') ? [unit.slice(0, -'/Second'.length), true] : [unit, false];
}

function scaled(value: number, unit: string): string {
  let rest = value;
  let step = 0;
  while (Math.abs(rest) >= 1_000 && step < DECIMAL.length - 1) {
    rest /= 1_000;
    step += 1;
  }
  return `${number(rest)} ${DECIMAL[step]}${unit}`;
}

function seconds(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0 s';
  if (size < 0.001) return `${number(value * 1_000_000)} µs`;
  if (size < 1) return `${number(value * 1_000)} ms`;
  return `${number(value)} s`;
}
