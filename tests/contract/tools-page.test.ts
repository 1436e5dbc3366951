import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LATER } from '../../mcp-server/contract/catalogue/later.ts';
import { CATALOGUE } from '../../mcp-server/contract/catalogue.ts';
import { GRAVEST_RISK } from '../../mcp-server/contract/risk.ts';
import { TOOLS_PAGE, toolsPage } from '../../scripts/tools-page.ts';

const page = readFileSync(TOOLS_PAGE, 'utf8');

/** What the page says of one tool, from its heading to the next. */
function partOf(tool: string): string {
  return page.split(/\n(?=##)/).find((part) => part.startsWith(`### \`${tool}\``)) ?? '';
}

describe('docs/tools.md', () => {
  it('says what the catalogue says: run node scripts/tools-page.ts', () => {
    expect(page).toBe(toolsPage());
  });

  it('has every tool with its risk, and no other', () => {
    const headed = [...page.matchAll(/^### `(\w+)` · (\w+)$/gm)].map(([, name, risk]) => [name, risk]);
    expect(Object.fromEntries(headed)).toEqual(
      Object.fromEntries(Object.keys(CATALOGUE).map((name) => [name, GRAVEST_RISK[name]])),
    );
    const later = [...page.slice(page.indexOf('\n## Later')).matchAll(/^\| `(\w+)` \| (\w+) \|/gm)];
    expect(later.map(([, name, risk]) => [name, risk]).sort()).toEqual(
      LATER.map(({ contract: { name } }) => [name, GRAVEST_RISK[name]]).sort(),
    );
    for (const { needs, meanwhile } of LATER) {
      expect(page).toContain(needs);
      expect(page).toContain(meanwhile);
    }
  });

  it('says of each argument whether it is needed, what it is and what it means', () => {
    expect(
      partOf('grow_volume')
        .split('\n')
        .filter((line) => line.startsWith('| `')),
    ).toEqual([
      '| `instance` | text | an instance id, ARN or Name |',
      '| `volume?` | text | a volume id or device; default: the only or the root volume |',
      '| `size_gb` | whole number, 1 to 65,536 | GiB; more than it has |',
    ]);
    expect(partOf('list_alarms')).toContain('| `state?` | `ALARM`, `OK`, `INSUFFICIENT_DATA` |');
    expect(partOf('update_function_configuration')).toContain(
      '| `reserved_concurrency?` | whole number or null |',
    );
    // Days, not the times of others.
    expect(partOf('get_cost')).toContain('| `start` | date | the first day, YYYY-MM-DD (UTC) |');
  });

  it('says what AWS must allow', () => {
    expect(partOf('resize_instance')).toMatch(
      /^AWS: \*surroundings\*, `ec2:DescribeInstanceTypes`, `ec2:DescribeInstances`; to change: `ec2:StopInstances`, `ec2:ModifyInstanceAttribute`, `ec2:StartInstances`\.$/m,
    );
    expect(partOf('list_changes')).toMatch(/^AWS: \*lookup\*, `cloudtrail:LookupEvents`\.$/m);
  });
});
