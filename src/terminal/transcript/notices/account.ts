import type { AccountReport } from '../../../../mcp-server/contract/wire.ts';
import { wrap } from '../../text/cells.ts';
import { EMPTY_LINE, type Line, span } from '../../text/lines.ts';
import { gapLines } from '../coverage-view.ts';
import { fieldLines } from '../results/fields.ts';
import type { ViewContext } from '../view-context.ts';

type Place = AccountReport['accounts'][number];

/** `/account`: where calls go, as whom, and what may change there. `at`: the account's clock, ms since 1970. */
export function accountLines(report: AccountReport | null, at: number, context: ViewContext): Line[] {
  const { words, clock, columns } = context;
  if (!report) return wrap(words.account.unknown, columns, 'dim');
  return [
    ...report.accounts.flatMap((place, index) => [
      ...(index > 0 ? [EMPTY_LINE] : []),
      ...placeLines(place, report.accounts.length > 1, context),
    ]),
    ...(report.read_only ? wrap(words.account.readOnly, columns, 'warn') : []),
    ...wrap(`${words.account.now}: ${clock.at(new Date(at).toISOString())} ${clock.zone}`, columns, 'dim'),
    ...report.notes.flatMap((note) => wrap(note, columns, 'dim')),
    ...report.accounts.flatMap(({ notes = [] }) => notes.flatMap((note) => wrap(note, columns, 'dim'))),
  ];
}

function placeLines(place: Place, several: boolean, context: ViewContext): Line[] {
  const { words } = context;
  const { backend } = place;
  return [
    [
      span(place.name, 'strong'),
      ...(backend.kind === 'simulated' ? [span(` ${words.status.simulated}`, 'warn')] : []),
      ...(several && place.current ? [span(` (${words.account.current})`, 'dim')] : []),
    ],
    ...fieldLines(
      [
        [words.results.account, place.account],
        [words.account.identity, place.identity],
        [words.account.regions, place.regions.join(', ')],
        backend.kind === 'simulated'
          ? [words.account.simulatedFile, backend.file]
          : [words.account.endpoint, backend.endpoint],
      ],
      context,
    ),
    ...(place.problem ? gapLines([place.problem], context) : []),
  ];
}
