import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { type FunctionNow, modifiedAt, readFunction, readFunctions } from '../cloud/functions.ts';
import { createLimit } from '../cloud/limit.ts';
import { joined, lookBeside, lookEverywhere } from '../cloud/look.ts';
import { type FunctionRow, listFunctions } from '../contract/catalogue/functions.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Coverage } from '../contract/coverage.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { listText, plural } from './list-text.ts';
import type { ReadTool } from './tool.ts';

/** Functions of a region whose state is read: AWS tells it for one at a time only. */
const MOST_STATES = 100;
const AT_ONCE = 8;

const STATES = { what: 'state and reserved concurrency of functions', action: 'lambda:GetFunction' };

export const listFunctionsTool: ReadTool<ToolInput<'list_functions'>, ToolOutput<'list_functions'>> = {
  kind: 'read',
  contract: listFunctions,
  async run(input, cloud) {
    const places = await cloud.places(input);
    const about = { what: 'functions', action: 'lambda:ListFunctions' };
    const { found, coverage } = await lookEverywhere(cloud, places, about, (place) =>
      readFunctions(cloud, place),
    );
    const looks = await Promise.all(found.map(({ place, value }) => withStates(cloud, place, value)));
    const functions = looks.flatMap((look) => look.rows).sort((a, b) => a.name.localeCompare(b.name));
    const heading = functions.length === 0 ? 'No functions.' : `${plural(functions.length, 'function')}.`;
    return {
      findings: {
        functions,
        coverage: joined(coverage, ...looks.map((look) => look.coverage)),
      },
      text: listText(heading, functions.map(line)),
      cli: places.open.map((place) => awsLine(place, 'lambda', 'list-functions')),
      console: consolePage(places.open[0], 'lambda', '/functions'),
    };
  },
};

async function withStates(
  cloud: Cloud,
  place: Place,
  functions: FunctionConfiguration[],
): Promise<{ rows: FunctionRow[]; coverage: Coverage }> {
  const limit = createLimit(AT_ONCE);
  const looked = functions.slice(0, MOST_STATES);
  const [first, ...others] = looked;
  if (!first) return { rows: [], coverage: joined() };
  const look = (one: FunctionConfiguration) =>
    limit(
      () => lookBeside(cloud, place, STATES, () => readFunction(cloud, place, one.FunctionName ?? '')),
      cloud.signal,
    );
  const beginning = await look(first);
  // Denied for one is denied for all: nobody is asked a hundred times for the same refusal.
  const denied = beginning.coverage.gaps.some((gap) => gap.why === 'denied');
  const rest = denied ? [] : await Promise.all(others.map(look));
  const seen = [beginning, ...rest];
  const left = functions.length - looked.length;
  return {
    rows: functions.map((one, index) => rowOf(one, seen[index]?.value ?? null, place)),
    coverage: {
      looked_at: joined(...seen.map(({ coverage }) => coverage)).looked_at,
      gaps: [...firstGap(seen), ...(left > 0 ? [cutShort(place, looked.length, functions.length)] : [])],
    },
  };
}

/** One gap stands for all of a kind. */
function firstGap(seen: { coverage: Coverage }[]): Coverage['gaps'] {
  const gaps = seen.flatMap(({ coverage }) => coverage.gaps);
  return gaps.filter((gap, index) => gaps.findIndex((other) => other.why === gap.why) === index);
}

function cutShort({ account, region }: Place, read: number, all: number): Coverage['gaps'][number] {
  return {
    what: STATES.what,
    why: 'truncated',
    detail: `${region} has ${all} functions; state and reserved concurrency of the first ${read} were read.`,
    account: account.name,
    region,
  };
}

function rowOf(listed: FunctionConfiguration, now: FunctionNow | null, place: Place): FunctionRow {
  const configuration = { ...listed, ...now?.configuration };
  const modified = modifiedAt(configuration);
  const { StateReason, LastUpdateStatusReason } = configuration;
  const reason = LastUpdateStatusReason ?? StateReason;
  return {
    name: configuration.FunctionName ?? '',
    ...(configuration.FunctionArn ? { arn: configuration.FunctionArn } : {}),
    ...(configuration.Description ? { description: configuration.Description } : {}),
    package_type: configuration.PackageType ?? 'Zip',
    ...(configuration.Runtime ? { runtime: configuration.Runtime } : {}),
    memory_mb: configuration.MemorySize ?? 0,
    timeout_s: configuration.Timeout ?? 0,
    ...(modified ? { last_modified: modified } : {}),
    ...(configuration.State ? { state: configuration.State } : {}),
    ...(configuration.LastUpdateStatus ? { last_update: configuration.LastUpdateStatus } : {}),
    ...(reason ? { reason } : {}),
    ...(now ? { reserved_concurrency: now.reserved } : {}),
    region: place.region,
    account: place.account.name,
  };
}

function line(row: FunctionRow): string {
  const { name, runtime, package_type, memory_mb, timeout_s, reserved_concurrency: reserved } = row;
  return [
    `${name}  ${runtime ?? package_type}, ${memory_mb} MB, ${timeout_s} s`,
    ...(typeof reserved === 'number' ? [`${reserved} reserved`] : []),
    ...(row.state && row.state !== 'Active' ? [row.state] : []),
    ...(row.last_update && row.last_update !== 'Successful' ? [`update ${row.last_update}`] : []),
  ].join(', ');
}
