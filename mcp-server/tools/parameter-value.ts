import type { Parameter } from '@aws-sdk/client-rds';

type Rule = Pick<Parameter, 'ParameterName' | 'DataType' | 'AllowedValues'>;

/** A value RDS works out from the class: `{DBInstanceClassMemory/9531392}`, `LEAST({...},5000)`. */
const FORMULA = /\{[A-Za-z*/+\-\d\s]+\}/;
const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
const RANGE = new RegExp(`^(${NUMBER})-(${NUMBER})$`, 'i');
/** A long list of allowed words tells a person nothing. */
const SHOWN = 200;

/**
 * Why a parameter cannot have a value, by the type and the allowed values that DescribeDBParameters gives
 * (`6-8388607`, `0,1`, `ROW,STATEMENT,MIXED`); null when nothing speaks against it. RDS has the last word:
 * formulas, and rules between parameters, are not judged here.
 */
export function whyNotAllowed(rule: Rule, value: string): string | null {
  if (FORMULA.test(value)) return null;
  const name = rule.ParameterName ?? 'It';
  const allowed = rule.AllowedValues?.trim() ?? '';
  if (rule.DataType === 'integer' && !/^-?\d+$/.test(value)) return `${name} is a whole number`;
  if (rule.DataType === 'float' && !Number.isFinite(Number(value || Number.NaN)))
    return `${name} is a number`;
  if (rule.DataType === 'boolean' && allowed === '' && !/^(0|1|on|off|true|false)$/i.test(value)) {
    return `${name} is 0 or 1`;
  }
  if (allowed === '') return null;
  const tokens = allowed.split(',').map((token) => token.trim());
  const values = rule.DataType === 'list' ? value.split(',').map((one) => one.trim()) : [value];
  if (values.every((one) => tokens.some((token) => fits(one, token)))) return null;
  const said = allowed.length > SHOWN ? `${allowed.slice(0, SHOWN)}…` : allowed;
  return `${name} can be ${said.replaceAll(',', ', ')}`;
}

function fits(value: string, token: string): boolean {
  if (value.toLowerCase() === token.toLowerCase()) return true;
  const range = RANGE.exec(token);
  const number = Number(value);
  if (!range || value.trim() === '' || !Number.isFinite(number)) return false;
  return Number(range[1]) <= number && number <= Number(range[2]);
}
