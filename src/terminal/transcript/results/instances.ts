import type { z } from 'zod';
import type { InstanceRow, instanceDetail } from '../../../../mcp-server/contract/catalogue/instances.ts';
import type { ToolOutput } from '../../../../mcp-server/contract/catalogue.ts';
import { wrap } from '../../text/cells.ts';
import { type Line, span, type Tone } from '../../text/lines.ts';
import { type Column, tableLines } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';
import { type Field, fieldLines } from './fields.ts';
import { differs, roomFor } from './room.ts';

/** What a state means to who is on call, by its word alone where there is no colour. */
const STATE_TONES: Readonly<Record<InstanceRow['state'], Tone>> = {
  pending: 'warn',
  running: 'good',
  'shutting-down': 'warn',
  terminated: 'dim',
  stopping: 'warn',
  stopped: 'bad',
};

export function instanceLines({ instances }: ToolOutput<'list_instances'>, context: ViewContext): Line[] {
  const { words } = context;
  if (instances.length === 0) return wrap(words.results.none, context.columns, 'dim');
  const columns: Column<InstanceRow>[] = [
    { title: words.results.name, cell: (row) => row.name || row.id, keep: 1, least: 8 },
    {
      title: words.results.state,
      cell: (row) => ({ text: row.state, tone: STATE_TONES[row.state] }),
      keep: 2,
    },
    { title: words.results.type, cell: (row) => row.type, keep: 4 },
    { title: words.results.zone, cell: (row) => row.az, keep: 6 },
    { title: words.results.id, cell: (row) => ({ text: row.id, tone: 'dim' }), keep: 5 },
    { title: words.results.privateIp, cell: (row) => ({ text: row.private_ip ?? '', tone: 'dim' }), keep: 7 },
    ...(differs(instances, (row) => row.account)
      ? [{ title: words.results.account, cell: (row: InstanceRow) => row.account, keep: 3 }]
      : []),
  ];
  return tableLines(columns, instances, roomFor(context));
}

const CHECK_TONES: Readonly<Record<string, Tone>> = { ok: 'good', impaired: 'bad', 'not-applicable': 'dim' };

type Detail = z.infer<typeof instanceDetail>;

export function instanceDetailLines(
  { instance, matched }: ToolOutput<'describe_instance'>,
  context: ViewContext,
): Line[] {
  const { words } = context;
  return [
    ...(matched === 'close' ? wrap(words.results.closeMatch, context.columns, 'warn') : []),
    ...fieldLines(detailFields(instance, context), context),
  ];
}

function detailFields(instance: Detail, { words, clock }: ViewContext): Field[] {
  const { results } = words;
  const { checks } = instance;
  const checkTone = (check: string): Tone => CHECK_TONES[check] ?? 'warn';
  return [
    [results.name, span(instance.name || instance.id, 'strong')],
    [results.state, span(instance.state, STATE_TONES[instance.state]), instance.state_reason],
    [results.id, instance.id],
    [results.type, instance.type],
    [results.zone, `${instance.az} · ${instance.account}`],
    [
      results.checks,
      checks && span(`${results.systemCheck} ${checks.system}`, checkTone(checks.system)),
      checks && span(`${results.instanceCheck} ${checks.instance}`, checkTone(checks.instance)),
    ],
    [results.privateIp, instance.private_ip],
    [results.publicIp, instance.public_ip],
    [results.launched, instance.launched_at && `${clock.at(instance.launched_at)} ${clock.zone}`],
    [results.network, [instance.vpc, instance.subnet].filter(Boolean).join(' / ')],
    [results.securityGroups, instance.security_groups.join(', ')],
    [results.image, instance.image],
    [
      results.volumes,
      ...instance.volumes.map(({ id, device, size_gb, type }) =>
        [device, id, size_gb === undefined ? '' : `${size_gb} GiB`, type ?? ''].filter(Boolean).join(' '),
      ),
    ],
    [results.tags, ...Object.entries(instance.tags).map(([key, value]) => `${key}=${value}`)],
    [
      results.events,
      ...instance.scheduled_events.map(({ code, description, not_before }) =>
        span([not_before ? clock.at(not_before) : '', code, description].filter(Boolean).join(' '), 'warn'),
      ),
    ],
  ];
}
