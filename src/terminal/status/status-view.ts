import type { AccountReport } from '../../../mcp-server/contract/wire.ts';
import type { TerminalWords } from '../../language/words.ts';
import type { TerminalState } from '../state.ts';
import { cells, cutLine } from '../text/cells.ts';
import { type Line, span, type Tone } from '../text/lines.ts';

/** A part of the status line: how it reads in full and, where room is short, in brief. */
type Segment = { full: string; brief?: string; tone: Tone /** 1 is given up last. */; keep: number };

const GAP = ' · ';

/** Where calls go, as whom, what may change, and whether anybody is listening; shortened until it fits. */
export function statusLine(state: TerminalState, words: TerminalWords, columns: number): Line {
  let shown = segments(state, words);
  const width = () =>
    shown.reduce((sum, each) => sum + cells(each.full), 0) + GAP.length * (shown.length - 1);
  while (width() > columns && shown.length > 1) {
    shown = reduced(shown);
  }
  const line = shown.flatMap((each, index) => [
    ...(index > 0 ? [span(GAP, 'dim')] : []),
    span(each.full, each.tone),
  ]);
  return cutLine(line, columns);
}

/** Below this, a part is too dear to be given up while a cheaper one is there, or to be abbreviated before. */
const DEAR = 5;

/** One step shorter: cheap parts are abbreviated, then given up; then the dear ones the same way. */
function reduced(shown: readonly Segment[]): Segment[] {
  const byCheapness = [...shown].sort((a, b) => b.keep - a.keep);
  const cheap = byCheapness.filter(({ keep }) => keep >= DEAR);
  const among = cheap.length > 0 ? cheap : byCheapness;
  const brief = among.find((each) => each.brief !== undefined);
  return brief
    ? shown.map((each) =>
        each === brief ? { tone: each.tone, keep: each.keep, full: each.brief ?? '' } : each,
      )
    : shown.filter((each) => each !== among[0]);
}

function segments(state: TerminalState, words: TerminalWords): Segment[] {
  const { account: report, firing } = state;
  const place = report?.accounts.find(({ current }) => current) ?? report?.accounts[0];
  return [
    ...(place ? placeSegments(place, state.region, words) : []),
    { full: words.status.model, tone: 'dim', keep: 9 } as const,
    { full: words.status.monitoringOff, tone: 'dim', keep: 11 } as const,
    ...(report?.read_only
      ? [{ full: words.status.readOnly, brief: words.status.readOnlyShort, tone: 'warn', keep: 3 } as const]
      : []),
    ...(firing === null
      ? []
      : [
          {
            full: words.status.firing(firing),
            brief: `!${firing}`,
            tone: firing > 0 ? 'bad' : 'dim',
            keep: 4,
          } as const,
        ]),
    connection(state.server, words),
  ];
}

type Place = AccountReport['accounts'][number];

function placeSegments(place: Place, chosen: string | null, words: TerminalWords): Segment[] {
  const [region, ...others] = place.regions;
  return [
    { full: place.name, tone: 'strong', keep: 1 },
    ...(place.backend.kind === 'simulated'
      ? [{ full: words.status.simulated, brief: words.status.simulatedShort, tone: 'warn', keep: 0 } as const]
      : []),
    ...(place.account ? [{ full: place.account, tone: 'dim', keep: 6 } as const] : []),
    // A region that was chosen is why the others are not seen.
    ...(chosen !== null ? [{ full: chosen, tone: 'accent', keep: 3 } as const] : []),
    ...(region && chosen === null
      ? [
          {
            full: place.regions.join(', '),
            brief: others.length > 0 ? `${region} +${others.length}` : region,
            tone: 'dim',
            keep: 7,
          } as const,
        ]
      : []),
    place.identity
      ? { full: shortIdentity(place.identity), tone: 'dim', keep: 8 }
      : {
          full: whyNobody(place.problem, words),
          tone: 'bad',
          keep: 2,
        },
  ];
}

/** Who one is may always be asked: a refusal of that alone means that the credentials are none, or are not good. */
function whyNobody(problem: Place['problem'], words: TerminalWords): string {
  return problem && problem.why !== 'denied' ? words.card.why[problem.why] : words.status.noCredentials;
}

/** `arn:aws:sts::1:assumed-role/oncall/jane` → `oncall/jane`. */
function shortIdentity(arn: string): string {
  const last = arn.slice(arn.lastIndexOf(':') + 1);
  return last.replace(/^(?:assumed-role|user|role)\//, '');
}

function connection(server: TerminalState['server'], words: TerminalWords): Segment {
  switch (server) {
    case 'connecting':
      return { full: words.status.connecting, brief: '…', tone: 'warn', keep: 5 };
    case 'ready':
      return { full: words.status.ready, tone: 'good', keep: 10 };
    case 'restarting':
      return { full: words.status.restarting, brief: '…', tone: 'warn', keep: 2 };
    case 'lost':
      return { full: words.status.lost, tone: 'bad', keep: 2 };
  }
}
