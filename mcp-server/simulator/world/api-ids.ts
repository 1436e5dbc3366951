import type { AccountDocument } from '../format/account.ts';
import { hash32 } from './deterministic.ts';

export type ApiEntry = AccountDocument['apis'][number];

/** What an API goes by on AWS: ten letters and digits, as API Gateway makes them up. */
export function apiId({ id, name, region }: ApiEntry, account: string): string {
  if (id !== undefined) return id;
  const text = `${account}/${region ?? ''}/api/${name}`;
  return (hash32(text).toString(36) + hash32(`${text}#2`).toString(36)).padStart(10, 'a').slice(0, 10);
}

/** CloudWatch knows a REST API by its name, the others by their id, and names what went wrong otherwise. */
export function metricsOf(
  entry: ApiEntry,
  account: string,
): { dimensions: Record<string, string>; names: Record<string, string> } {
  if (entry.type === 'REST') return { dimensions: { ApiName: entry.name }, names: {} };
  return { dimensions: { ApiId: apiId(entry, account) }, names: { '4XXError': '4xx', '5XXError': '5xx' } };
}
