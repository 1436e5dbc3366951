/**
 * Writes `docs/tools.md` from the catalogue the server lists its tools by.
 * Run: `node scripts/tools-page.ts`.
 */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { place, timeRange } from '../mcp-server/contract/call.ts';
import * as alarms from '../mcp-server/contract/catalogue/alarms.ts';
import * as apis from '../mcp-server/contract/catalogue/apis.ts';
import * as changes from '../mcp-server/contract/catalogue/changes.ts';
import * as costs from '../mcp-server/contract/catalogue/costs.ts';
import * as databases from '../mcp-server/contract/catalogue/databases.ts';
import * as events from '../mcp-server/contract/catalogue/events.ts';
import * as functions from '../mcp-server/contract/catalogue/functions.ts';
import * as health from '../mcp-server/contract/catalogue/health.ts';
import * as instances from '../mcp-server/contract/catalogue/instances.ts';
import { LATER, type LaterTool } from '../mcp-server/contract/catalogue/later.ts';
import * as balancers from '../mcp-server/contract/catalogue/load-balancers.ts';
import * as logs from '../mcp-server/contract/catalogue/logs.ts';
import * as metrics from '../mcp-server/contract/catalogue/metrics.ts';
import * as scaling from '../mcp-server/contract/catalogue/scaling.ts';
import * as services from '../mcp-server/contract/catalogue/services.ts';
import * as tags from '../mcp-server/contract/catalogue/tags.ts';
import type { ToolContract } from '../mcp-server/contract/catalogue/tool-contract.ts';
import { CATALOGUE } from '../mcp-server/contract/catalogue.ts';
import { AROUND, DIRECTORY, PERMISSIONS } from '../mcp-server/contract/permissions.ts';
import { gravestRisk } from '../mcp-server/contract/risk.ts';
import { schemaPart, typeOf } from './json-type.ts';
import { code, table } from './markdown.ts';

export const TOOLS_PAGE = new URL('../docs/tools.md', import.meta.url);

/** What the files of the catalogue are about; their tools are found in them. */
const SERVICES: readonly [title: string, contracts: object][] = [
  ['EC2 instances', instances],
  ['Auto Scaling', scaling],
  ['Load balancers', balancers],
  ['CloudWatch alarms', alarms],
  ['CloudWatch metrics', metrics],
  ['CloudWatch Logs', logs],
  ['Changes and dependencies', changes],
  ['Lambda', functions],
  ['API Gateway', apis],
  ['ECS', services],
  ['RDS', databases],
  ['Costs', costs],
  ['AWS Health', health],
  ['EventBridge', events],
  ['Tags', tags],
];

const COMMON = argumentsOf(z.strictObject({ ...timeRange, ...place }));

export function toolsPage(): string {
  const sections = sectioned();
  return [
    '# Tools',
    '',
    'Every tool of the server, `aiops-mcp`. Made from the catalogue it lists them by (`node scripts/tools-page.ts`).',
    '',
    ...table(
      ['service', 'read', 'change or destructive'],
      sections.map(({ title, tools }) => {
        const named = (read: boolean) =>
          tools.filter((one) => (gravestRisk(one.name) === 'read') === read).map((one) => code(one.name));
        return [`[${title}](#${anchor(title)})`, named(true).join(' '), named(false).join(' ')];
      }),
    ),
    '',
    `[${LATER.length} more](#later) come with later versions.`,
    '',
    ...COMMON_WORDS,
    ...sections.flatMap(({ title, tools }) => [`## ${title}`, '', ...tools.flatMap(described)]),
    ...laterSection(),
  ].join('\n');
}

const COMMON_WORDS = [
  '## What holds for all',
  '',
  '- **Risk.** `read` runs at once. `change` adds or restores capacity, or annotates. `destructive` takes capacity away,',
  '  interrupts service, overwrites something or cannot be undone. All but `read` needs a grant ([safety.md](safety.md)).',
  '  The risk given is the gravest a tool can carry; the server weighs each call, and where one can be lighter the text',
  '  says so.',
  '- **Arguments.** One with a `?` may be left out. Others than these are an error.',
  '- **Resources** go by name, id or ARN; letter case, width and separators do not matter. A change takes nothing but the',
  '  resource’s own name: what is close, ambiguous or unknown is a question with the candidates. A read may take the one',
  '  close match, and says so.',
  '- **Results** are structured content with an output schema, a short text, and `coverage`: what was looked at, and what',
  '  could not be and why.',
  '',
  'Arguments that many take, with one meaning:',
  '',
  ...table(['argument', 'type', 'meaning'], COMMON.map(argumentCells)),
  '',
  '**AWS** is what IAM has to allow; what a read may not see is a gap in its `coverage`. `aiops iam-policy` prints it as',
  'a policy, with the resources of each change; `aiops doctor` checks it. Two sets have a name here:',
  '',
  `- *lookup*, where a name may be any kind of resource: ${codes(DIRECTORY)}.`,
  `- *surroundings*, for every change: who feels it, and whether a request that a crash cut off arrived: ${codes(AROUND)}.`,
  '',
];

type ArgumentRow = { name: string; optional: boolean; type: string; meaning: string };

/** The arguments of a tool in its own order, from the schema its calls are checked with. */
function argumentsOf(input: z.ZodType): ArgumentRow[] {
  const { properties = {}, required } = schemaPart(input);
  return Object.entries(properties).map(([name, one]) => ({
    name,
    optional: !required.includes(name),
    type: typeOf(one),
    meaning: one.description ?? one.items?.description ?? '',
  }));
}

type Section = { title: string; tools: readonly ToolContract[] };

/** @throws Error for a tool of the catalogue that is in none of the files named here */
function sectioned(): Section[] {
  const sections = SERVICES.map(([title, contracts]): Section => {
    const own = new Set<unknown>(Object.values(contracts));
    return { title, tools: Object.values(CATALOGUE).filter((one) => own.has(one)) };
  });
  const placed = new Set(sections.flatMap(({ tools }) => tools.map((one) => one.name)));
  const stray = Object.keys(CATALOGUE).filter((name) => !placed.has(name));
  if (stray.length > 0) throw new Error(`In no section of the page: ${stray.join(', ')}`);
  return sections;
}

function described(tool: ToolContract): string[] {
  const all = argumentsOf(tool.input);
  const own = all.filter((one) => !isCommon(one));
  const common = all.filter(isCommon).map(({ name }) => code(name));
  return [
    `### ${code(tool.name)} · ${gravestRisk(tool.name)}`,
    '',
    tool.description,
    '',
    ...(own.length === 0 ? [] : [...table(['argument', 'type', 'meaning'], own.map(argumentCells)), '']),
    ...(common.length === 0 ? [] : [`${own.length === 0 ? 'Takes' : 'Also'} ${common.join(', ')}.`, '']),
    ...permissionLines(tool.name),
  ];
}

/** The same name with another meaning, such as the days of a bill, is the tool's own. */
function isCommon(one: ArgumentRow): boolean {
  return COMMON.some(({ name, type, meaning }) => {
    return one.name === name && one.type === type && one.meaning === meaning;
  });
}

function argumentCells({ name, optional, type, meaning }: ArgumentRow): string[] {
  return [code(optional ? `${name}?` : name), type, meaning];
}

function permissionLines(tool: string): string[] {
  const { reads = [], changes: made = [] } = PERMISSIONS[tool] ?? {};
  let rest = reads;
  const parts: string[] = [];
  for (const [name, actions] of [
    ['lookup', DIRECTORY],
    ['surroundings', AROUND],
  ] as const) {
    if (!actions.every((action) => reads.includes(action))) continue;
    parts.push(`*${name}*`);
    rest = rest.filter((action) => !actions.includes(action));
  }
  if (rest.length > 0) parts.push(codes(rest));
  const to = made.length === 0 ? '' : `; to change: ${codes(made.map(({ action }) => action))}`;
  return parts.length === 0 ? [] : [`AWS: ${parts.join(', ')}${to}.`, ''];
}

function laterSection(): string[] {
  return [
    '## Later',
    '',
    'Listed, so that their names and arguments can be relied on. This version cannot be given what they need: they answer',
    '`not_configured`, look at nothing and change nothing.',
    '',
    ...[...Map.groupBy(LATER, ({ needs, meanwhile }) => `${needs}\n${meanwhile}`).values()].flatMap(
      laterGroup,
    ),
  ];
}

function laterGroup(tools: readonly LaterTool[]): string[] {
  const [first] = tools;
  if (first === undefined) return [];
  return [
    `### They need ${first.needs}`,
    '',
    `Their answer points to what there is now: “${first.meanwhile}”`,
    '',
    ...table(
      ['tool', 'risk', 'arguments'],
      tools.map(({ contract }) => [
        code(contract.name),
        gravestRisk(contract.name),
        argumentsOf(contract.input).map(inShort).join(', '),
      ]),
    ),
    '',
  ];
}

/** `replicas` (whole number, 0 to 10,000); a text goes without saying. */
function inShort(one: ArgumentRow): string {
  const name = code(one.optional ? `${one.name}?` : one.name);
  return one.type === 'text' || isCommon(one) ? name : `${name} (${one.type})`;
}

function codes(actions: readonly string[]): string {
  return actions.map(code).join(', ');
}

/** As GitHub makes a heading's anchor. */
function anchor(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

if (import.meta.main) writeFileSync(TOOLS_PAGE, toolsPage());
