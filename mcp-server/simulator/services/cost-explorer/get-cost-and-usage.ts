import type {
  Expression,
  GetCostAndUsageCommandInput,
  Group,
  GroupDefinition,
  ResultByTime,
} from '@aws-sdk/client-cost-explorer';
import { type Call, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { NotSimulated } from '../../wire/service-exception.ts';
import { billed, cut, dayAt, daysOf, invalid } from './billed.ts';
import type { CostRow } from './cost-rows.ts';

const METRICS = [
  'AmortizedCost',
  'BlendedCost',
  'NetAmortizedCost',
  'NetUnblendedCost',
  'NormalizedUsageAmount',
  'UnblendedCost',
  'UsageQuantity',
];
/** Groups of one page; AWS does not say how many. */
const GROUPS_A_PAGE = 500;
const MOST_GROUP_BY = 2;

const DIMENSIONS: Readonly<Record<string, (row: CostRow) => string>> = {
  SERVICE: ({ service }) => service,
  REGION: ({ region }) => region,
  LINKED_ACCOUNT: ({ account }) => account,
  USAGE_TYPE: ({ usageType }) => usageType,
};

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostAndUsage.html */
export const getCostAndUsage = read((input: GetCostAndUsageCommandInput, call) => {
  const { start, end } = daysOf(input.TimePeriod);
  const granularity = granularityOf(input.Granularity);
  const metrics = metricsOf(input.Metrics);
  const keys = (input.GroupBy ?? []).map(keyOf);
  if (keys.length > MOST_GROUP_BY) throw invalid(`GroupBy cannot have more than ${MOST_GROUP_BY} entries`);
  const wanted = filterOf(input.Filter);
  const rows = billed(call).filter((row) => row.day >= start && row.day < end && wanted(row));
  const results = cut(start, end, granularity).map((piece): Piece => {
    const within = rows.filter(({ day }) => day >= piece.start && day < piece.end);
    return { ...piece, groups: keys.length === 0 ? [] : grouped(within, keys), rows: within };
  });
  const lines = results.flatMap((one): { one: Piece; group: Grouped | null }[] =>
    one.groups.length === 0 ? [{ one, group: null }] : one.groups.map((group) => ({ one, group })),
  );
  const { items, next } = page(lines, {
    size: keys.length === 0 ? Number.MAX_SAFE_INTEGER : GROUPS_A_PAGE,
    token: input.NextPageToken,
    question: questionOf(input, 'NextPageToken'),
    badToken: 'InvalidNextTokenException',
  });
  const estimatedFrom = `${dayAt(call.now).slice(0, 7)}-01`;
  const ResultsByTime = [...Map.groupBy(items, ({ one }) => one)].map(
    ([one, parts]): ResultByTime => ({
      TimePeriod: { Start: one.start, End: one.end },
      Total: keys.length === 0 ? metricsOver(one.rows, metrics) : {},
      Groups: parts.flatMap(({ group }) => (group === null ? [] : [groupShape(group, metrics)])),
      // A bill is final some days after its month.
      Estimated: one.end > estimatedFrom,
    }),
  );
  return {
    ...(input.GroupBy && input.GroupBy.length > 0 && { GroupDefinitions: input.GroupBy }),
    ResultsByTime,
    DimensionValueAttributes: attributesOf(input.GroupBy ?? [], rows, call),
    ...(next !== undefined && { NextPageToken: next }),
  };
});

function granularityOf(granularity: string | undefined): 'DAILY' | 'MONTHLY' {
  if (granularity === 'DAILY' || granularity === 'MONTHLY') return granularity;
  if (granularity === 'HOURLY') throw new NotSimulated('ce', 'GetCostAndUsage', 'costs by the hour');
  throw invalid(`Granularity ${granularity ?? 'null'} is not valid.`);
}

function metricsOf(metrics: readonly string[] | undefined): readonly string[] {
  if (metrics === undefined || metrics.length === 0) throw invalid('Metrics should have at least one entry');
  const unknown = metrics.find((metric) => !METRICS.includes(metric));
  if (unknown !== undefined) throw invalid(`Metric ${unknown} is not valid.`);
  return metrics;
}

function keyOf({ Type, Key = '' }: GroupDefinition): (row: CostRow) => string {
  if (Type === 'TAG') return ({ tags }) => `${Key}$${tags[Key] ?? ''}`;
  const dimension = Type === 'DIMENSION' ? DIMENSIONS[Key] : undefined;
  if (dimension === undefined) throw invalid(`Group Definition key ${Key} is not valid.`);
  return dimension;
}

function filterOf(filter: Expression | undefined): (row: CostRow) => boolean {
  if (filter === undefined) return () => true;
  const { Dimensions: dimensions, Tags: tags, And, Or, Not } = filter;
  if (And) return (row) => And.every((one) => filterOf(one)(row));
  if (Or) return (row) => Or.some((one) => filterOf(one)(row));
  if (Not) return (row) => !filterOf(Not)(row);
  if (tags) return (row) => (tags.Values ?? []).includes(row.tags[tags.Key ?? ''] ?? '');
  const value = DIMENSIONS[dimensions?.Key ?? ''];
  if (!dimensions || value === undefined) throw invalid('The filter is not valid.');
  return (row) => (dimensions.Values ?? []).includes(value(row));
}

type Grouped = { keys: string[]; rows: CostRow[] };
type Piece = { start: string; end: string; groups: Grouped[]; rows: CostRow[] };

function grouped(rows: readonly CostRow[], keys: readonly ((row: CostRow) => string)[]): Grouped[] {
  const groups = new Map<string, Grouped>();
  for (const row of rows) {
    const own = keys.map((key) => key(row));
    const id = JSON.stringify(own);
    const known = groups.get(id);
    if (known) known.rows.push(row);
    else groups.set(id, { keys: own, rows: [row] });
  }
  return [...groups.values()];
}

function groupShape({ keys, rows }: Grouped, metrics: readonly string[]): Group {
  return { Keys: keys, Metrics: metricsOver(rows, metrics) };
}

/** Every metric of cost is the same here: the file knows one amount. */
function metricsOver(rows: readonly CostRow[], metrics: readonly string[]) {
  const amount = String(rows.reduce((sum, row) => sum + row.amount, 0));
  return Object.fromEntries(
    metrics.map((metric) =>
      metric.endsWith('Cost')
        ? [metric, { Amount: amount, Unit: 'USD' }]
        : [metric, { Amount: '0', Unit: 'N/A' }],
    ),
  );
}

/** AWS says the names of linked accounts beside their numbers. */
function attributesOf(
  groupBy: readonly GroupDefinition[],
  rows: readonly CostRow[],
  { world, account }: Call,
) {
  if (!groupBy.some(({ Key }) => Key === 'LINKED_ACCOUNT')) return [];
  return [...new Set(rows.map((row) => row.account))].map((Value) => ({
    Value,
    Attributes: { description: Value === account ? (world.file.alias ?? Value) : Value },
  }));
}
