import type { Place } from '../cloud/account.ts';
import { CallFailure, untouched } from '../cloud/call-failure.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { readUnreserved } from '../cloud/functions.ts';
import { lookBeside, lookOnce } from '../cloud/look.ts';
import { placeOf } from '../cloud/resolve.ts';
import { updateFunctionConfiguration } from '../contract/catalogue/functions.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import type { Gap } from '../contract/coverage.ts';
import type { Facts, PlannedChange } from '../contract/proposal.ts';
import { awsLine } from './cli-line.ts';
import { applyToFunction } from './function-apply.ts';
import { carriedFacts, carriedLines, carriedTo } from './function-carry.ts';
import { NONE_RESERVED, observedFunction } from './function-facts.ts';
import { aliasesMoved, lookAfter, resultOf, targetOf } from './function-seen.ts';
import { findFunction, type TargetFunction, wholeFunction } from './function-target.ts';
import { aliasesIn } from './function-versions.ts';
import type { ChangeTool } from './tool.ts';

type Input = ToolInput<'update_function_configuration'>;
type Detail = TargetFunction & {
  /** What may still be reserved in the account, AWS's own share included; null when it could not be read. */
  unreserved: number | null;
};

const SETTINGS = ['memory_mb', 'timeout_s', 'reserved_concurrency'] as const;
type Setting = (typeof SETTINGS)[number];

const EVENT = 'UpdateFunctionConfiguration20150331v2';

/** What AWS keeps for all functions without a reservation. Source: Lambda developer guide, "Reserved concurrency". */
const KEPT_UNRESERVED = 100;

export const configureFunctionTool: ChangeTool<Input, Detail> = {
  kind: 'change',
  contract: updateFunctionConfiguration,
  async observe(input, cloud) {
    const target = await findFunction(cloud, input, input.function);
    wholeFunction(target, input.function);
    const { place, blastRadius } = target;
    const { unreserved, gaps } = await unreservedFor(cloud, place, input);
    return {
      ...observedFunction(target, target.versions.aliases),
      detail: {
        ...target,
        unreserved,
        blastRadius: { ...blastRadius, gaps: [...blastRadius.gaps, ...gaps] },
      },
    };
  },

  plan(input, { account, region, states: [state], detail }) {
    if (!state) throw untouched('not_found', 'There is no such function.');
    const { name, facts } = state;
    const asked = SETTINGS.filter((key) => input[key] !== undefined);
    const wanted = asked.filter((key) => (input[key] ?? NONE_RESERVED) !== facts[key]);
    if (wanted.length === 0) {
      const are = asked.map((key) => `${key} ${facts[key]}`);
      throw untouched(
        'invalid_state',
        `${name} has ${are.join(' and ')} already. There is nothing to change.`,
      );
    }
    refuseTooMuchReserved(name, input, facts, detail);
    // Concurrency belongs to the function, whatever version is served.
    const carried = wanted.some((key) => key !== 'reserved_concurrency')
      ? carriedTo(name, detail.versions, facts)
      : { aliases: [], version: '' };
    const settings = Object.fromEntries(wanted.map((key) => [key, input[key] ?? null]));
    const becomes = Object.fromEntries(wanted.map((key) => [key, input[key] ?? NONE_RESERVED]));
    const before = Object.fromEntries(
      wanted.map((key) => [key, facts[key] === NONE_RESERVED ? null : facts[key]]),
    );
    return {
      tool: 'update_function_configuration',
      arguments: { function: name, ...settings, account, region },
      risk: 'destructive',
      irreversible: false,
      targets: [
        {
          kind: 'function',
          id: name,
          name,
          was: { ...facts },
          becomes: { ...becomes, ...carriedFacts(carried) },
        },
      ],
      blast_radius: detail.blastRadius,
      undo: {
        possible: true,
        tool: 'update_function_configuration',
        arguments: { function: name, ...before, account, region },
      },
      cli: [
        ...settingLines(detail.place, name, settings),
        ...carriedLines(detail.place, name, carried),
        ...concurrencyLines(detail.place, name, settings),
      ],
    };
  },

  event: EVENT,

  requestOf(change) {
    const { id, becomes } = targetOf(change);
    const configures = Object.hasOwn(becomes, 'memory_mb') || Object.hasOwn(becomes, 'timeout_s');
    const concurrency =
      becomes.reserved_concurrency === NONE_RESERVED
        ? 'DeleteFunctionConcurrency20171031'
        : 'PutFunctionConcurrency20171031';
    return { event: configures ? EVENT : concurrency, ids: [id] };
  },

  async attempt(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, was, becomes } = targetOf(change);
    const memory = becomes.memory_mb;
    const timeout = becomes.timeout_s;
    const configures = typeof memory === 'number' || typeof timeout === 'number';
    if (configures) {
      await applyToFunction(cloud, place, {
        name: id,
        settings: () => ({
          ...(typeof memory === 'number' ? { MemorySize: memory } : {}),
          ...(typeof timeout === 'number' ? { Timeout: timeout } : {}),
        }),
        mark: String(was.code),
        aliases: aliasesIn(becomes).map(({ name }) => ({ name, version: String(was[`alias ${name}`]) })),
      });
    }
    if (Object.hasOwn(becomes, 'reserved_concurrency')) {
      await reserve(place, id, becomes.reserved_concurrency, configures);
    }
  },

  async verify(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { id, name, was, becomes } = targetOf(change);
    const { configuration, facts } = await lookOnce(place, 'lambda:GetFunction', () =>
      lookAfter(cloud, place, change),
    );
    const set = SETTINGS.every((key) => !Object.hasOwn(becomes, key) || facts[key] === becomes[key]);
    const reached = set && aliasesMoved({ was, becomes }, facts);
    return [{ id, name, facts, result: resultOf(reached, configuration) }];
  },
};

/** Only a reservation is measured by what the account has left. */
async function unreservedFor(
  cloud: Cloud,
  place: Place,
  { reserved_concurrency: wanted }: Input,
): Promise<{ unreserved: number | null; gaps: Gap[] }> {
  if (wanted === undefined || wanted === null) return { unreserved: null, gaps: [] };
  const about = { what: 'the concurrency the account has left', action: 'lambda:GetAccountSettings' };
  const { value, coverage } = await lookBeside(cloud, place, about, () => readUnreserved(cloud, place));
  return { unreserved: value, gaps: coverage.gaps };
}

function refuseTooMuchReserved(name: string, input: Input, facts: Facts, { unreserved }: Detail) {
  const wanted = input.reserved_concurrency;
  if (wanted === undefined || wanted === null || unreserved === null) return;
  const own = Number(facts.reserved_concurrency) || 0;
  const most = Math.max(own, unreserved + own - KEPT_UNRESERVED);
  if (wanted <= most) return;
  throw untouched(
    'invalid_state',
    `${name} cannot reserve ${wanted}: ${unreserved} of the account's concurrency are not reserved, and AWS keeps ${KEPT_UNRESERVED} of them for all other functions.`,
    {
      // None at all would be 0, which stops the function.
      hint: `${most > 0 ? `Ask for ${most} or fewer, or have` : 'Have'} the account's concurrency quota raised.`,
    },
  );
}

async function reserve(
  place: Place,
  name: string,
  wanted: Facts[string] | undefined,
  configured: boolean,
): Promise<void> {
  const { sdk, client } = await place.account.connect('lambda', place.region, 'change');
  const action =
    typeof wanted === 'number' ? 'lambda:PutFunctionConcurrency' : 'lambda:DeleteFunctionConcurrency';
  try {
    if (typeof wanted === 'number') {
      await client.send(
        new sdk.PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: wanted }),
      );
    } else await client.send(new sdk.DeleteFunctionConcurrencyCommand({ FunctionName: name }));
  } catch (error) {
    const failed = asFailure(error, { action, place }, 'change');
    if (!configured) throw failed;
    const message = `Memory and timeout of ${name} are as asked; its concurrency is not. ${failed.failure.message}`;
    throw new CallFailure({ ...failed.failure, message, nothing_changed: false });
  }
}

type Settings = Readonly<Record<string, unknown>>;

const OPTIONS: readonly (readonly [Setting, string])[] = [
  ['memory_mb', '--memory-size'],
  ['timeout_s', '--timeout'],
];

function settingLines(place: Place, name: string, settings: Settings): PlannedChange['cli'] {
  const options = OPTIONS.flatMap(([key, option]) =>
    typeof settings[key] === 'number' ? [option, String(settings[key])] : [],
  );
  if (options.length === 0) return [];
  return [awsLine(place, 'lambda', 'update-function-configuration', '--function-name', name, ...options)];
}

function concurrencyLines(place: Place, name: string, settings: Settings): PlannedChange['cli'] {
  if (!Object.hasOwn(settings, 'reserved_concurrency')) return [];
  const wanted = settings.reserved_concurrency;
  const words =
    typeof wanted === 'number'
      ? [
          'put-function-concurrency',
          '--function-name',
          name,
          '--reserved-concurrent-executions',
          String(wanted),
        ]
      : ['delete-function-concurrency', '--function-name', name];
  return [awsLine(place, 'lambda', ...words)];
}
