import type { AuditEntry } from '../../mcp-server/contract/audit.ts';
import { plainLine } from '../domain/plain-text.ts';
import { shortTime } from './session-rows.ts';

/** Of each entry, in this order, what a person looks for first; the rest is in `aiops audit`. */
const TOLD = ['tool', 'targets', 'result', 'code', 'rule', 'reason', 'finding', 'message'];
const DETAIL_CHARACTERS = 120;

/** The audit log's lines, one each, oldest first. */
export function auditRows(entries: readonly AuditEntry[], timeZone: string): string[] {
  return entries.map(({ sequence, at, event, subject, detail }) => {
    const told = TOLD.flatMap((key) => (detail[key] == null ? [] : [textOf(detail[key])])).join(' ');
    const cut = told.length > DETAIL_CHARACTERS ? `${told.slice(0, DETAIL_CHARACTERS)}…` : told;
    const parts = [`#${sequence}`, shortTime(Date.parse(at), timeZone), event, subject ?? '', plainLine(cut)];
    return parts.filter((part) => part !== '').join('  ');
  });
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name);
  return JSON.stringify(value);
}
