import type { Place } from '../cloud/account.ts';
import { CallFailure, untouched } from '../cloud/call-failure.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { placeOf } from '../cloud/resolve.ts';
import { putEvent } from '../contract/catalogue/events.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import type { PlannedChange } from '../contract/proposal.ts';
import { awsLine } from './cli-line.ts';
import type { ChangeTool, Seen } from './tool.ts';

type Input = ToolInput<'put_event'>;
type Detail = { place: Place };

const SOURCE = 'aiops';
const BUS = 'default';
/** Bytes of an entry. Source: EventBridge user guide, "Calculating PutEvents event entry size". */
const MOST_BYTES = 256 * 1024;

/** The id EventBridge gave each event: nothing can be asked of it afterwards, so it is kept from attempt to verify. */
const accepted = new WeakMap<PlannedChange, string>();

export const putEventTool: ChangeTool<Input, Detail> = {
  kind: 'change',
  contract: putEvent,
  async observe(input, cloud) {
    const account = await cloud.account(input);
    const region = input.region ?? (await account.regions())[0] ?? '';
    const place = await placeOf(cloud, { account: account.name, region });
    const arn = `event-bus/${BUS}`;
    return {
      account: account.name,
      region,
      states: [{ kind: 'event_bus', id: BUS, name: BUS, arn, facts: {} }],
      population: 1,
      detail: { place },
    };
  },

  plan(input, { account, region, states, detail }) {
    const { detail_type, severity, detail: said } = input;
    if (Object.hasOwn(said, 'severity') && said.severity !== severity) {
      throw untouched('invalid_arguments', 'The severity stands in `detail` too, and is another one there.');
    }
    const entry = entryOf(input);
    const bytes = sizeOf(entry);
    if (bytes > MOST_BYTES) {
      throw untouched(
        'invalid_arguments',
        `The event has ${bytes.toLocaleString('en-US')} bytes; EventBridge takes ${MOST_BYTES.toLocaleString('en-US')}.`,
        { hint: 'Put less into `detail`: a link to the rest.' },
      );
    }
    return {
      tool: 'put_event',
      arguments: { detail_type, severity, detail: said, account, region },
      risk: 'change',
      irreversible: false,
      targets: states.map(({ kind, id, name }) => ({ kind, id, name, was: {}, becomes: {} })),
      blast_radius: { affected: [], gaps: [] },
      undo: { possible: false, why: 'published' },
      cli: [awsLine(detail.place, 'events', 'put-events', '--entries', JSON.stringify([entry]))],
    };
  },

  // A data event: CloudTrail's event history never has it.
  event: null,

  async attempt(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { sdk, client } = await place.account.connect('events', place.region, 'change');
    const asked = { action: 'events:PutEvents', place };
    const entry = entryOf(putEvent.input.parse(change.arguments));
    const answer = await client
      .send(new sdk.PutEventsCommand({ Entries: [entry] }))
      .catch((error: unknown) => {
        throw asFailure(error, asked, 'change');
      });
    const [result] = answer.Entries ?? [];
    if ((answer.FailedEntryCount ?? 0) > 0 || !result?.EventId) throw refused(result);
    accepted.set(change, result.EventId);
  },

  async verify(change) {
    const id = accepted.get(change);
    return change.targets.map(({ id: bus, name }): Seen => {
      if (id === undefined) return { id: bus, name, facts: {}, result: 'not_seen' };
      return { id: bus, name, facts: { event_id: id, state: 'accepted' }, result: 'done' };
    });
  },
};

type Entry = { Source: string; DetailType: string; Detail: string; EventBusName: string };

function entryOf({
  detail_type,
  severity,
  detail,
}: Pick<Input, 'detail_type' | 'severity' | 'detail'>): Entry {
  return {
    Source: SOURCE,
    DetailType: detail_type,
    Detail: JSON.stringify({ ...detail, severity }),
    EventBusName: BUS,
  };
}

/** As EventBridge counts: source, type and detail in UTF-8. */
function sizeOf({ Source, DetailType, Detail }: Entry): number {
  return [Source, DetailType, Detail].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** An entry that EventBridge did not take is an answer with status 200. */
function refused(result: { ErrorCode?: string | undefined; ErrorMessage?: string | undefined } | undefined) {
  const why = [result?.ErrorCode, result?.ErrorMessage].filter(Boolean).join(': ') || 'no reason given';
  const passing = /^(ThrottlingException|InternalFailure|InternalException)$/.test(result?.ErrorCode ?? '');
  return new CallFailure({
    code: passing ? 'throttled' : 'rejected',
    message: `EventBridge did not take the event: ${why}.`,
    nothing_changed: true,
  });
}
