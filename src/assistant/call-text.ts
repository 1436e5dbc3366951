import { plainLine } from '../domain/plain-text.ts';

/** A call as one line a person can read: `stop_instances(instances: [web-1, web-2])`. */
export function callText(tool: string, args: Record<string, unknown>): string {
  const members = Object.entries(args).map(([key, value]) => `${key}: ${valueText(value)}`);
  return `${tool}(${members.join(', ')})`;
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return plainLine(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, member]) => `${plainLine(key)}: ${valueText(member)}`)
      .join(', ')}}`;
  }
  return String(value);
}
