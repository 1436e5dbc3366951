import type { AccountCheckup, PermissionReport } from '../../../mcp-server/contract/checkup.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { GapReason } from '../../language/answer-words.ts';
import { type Check, failure, good, note, warning } from './check.ts';

/** Of one account: credentials and identity, regions, clock, permissions. A failure of the current one counts as one. */
export function accountChecks(of: AccountCheckup): Check[] {
  const name = (what: string) => (of.current ? what : `${what} of ${plainLine(of.name)}`);
  const wrong = of.current ? failure : warning;
  if (of.problem) {
    const detail = plainLine(of.problem.detail);
    return [
      wrong(name('credentials'), detail, REMEDIES[of.problem.why] ?? 'Mend that, then run the doctor again.'),
    ];
  }
  return [
    of.backend.kind === 'simulated'
      ? note(name('credentials'), `none needed: a simulated account, ${plainLine(of.backend.file)}`)
      : good(name('credentials'), `${plainLine(of.identity ?? '')}, account ${of.account ?? 'unknown'}`),
    good(name('regions'), of.regions.join(', ')),
    clockCheck(name('clock'), of.clock_ahead_ms),
    ...(of.permissions ? permissionChecks(name('permissions'), of.permissions) : []),
  ];
}

/** What to do about an account that cannot be looked at, by the reason. */
const REMEDIES: Readonly<Partial<Record<GapReason, string>>> = {
  denied:
    'Run `aws configure` or `aws sso login`, or name a profile with --profile; `--account demo` needs none.',
  expired: 'Run `aws sso login`, or renew the token you use.',
  unreachable: 'Check the network, the proxy and AWS_ENDPOINT_URL.',
};

/** AWS refuses requests from this on (Signature Version 4). */
const REFUSED_FROM_MS = 5 * 60_000;
const WORTH_SAYING_MS = 30_000;

function clockCheck(name: string, aheadMs: number | null): Check {
  if (aheadMs === null) return note(name, 'AWS did not tell its time');
  const off = Math.abs(aheadMs);
  const found = `${Math.round(off / 1_000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} AWS`;
  const todo = 'Set the clock of this machine, and keep it set (NTP).';
  if (off >= REFUSED_FROM_MS) return failure(name, `${found}: AWS refuses such requests`, todo);
  return off >= WORTH_SAYING_MS ? warning(name, found, todo) : good(name, 'agrees with AWS');
}

function permissionChecks(name: string, report: PermissionReport): Check[] {
  switch (report.how) {
    case 'root':
      return [
        warning(
          name,
          'this is the root user: everything is allowed',
          'Use a role with the policy of `aiops iam-policy`.',
        ),
      ];
    case 'unknown':
      return [
        note(
          name,
          `not known: ${plainLine(report.gap.detail)} With iam:SimulatePrincipalPolicy and iam:GetRole the doctor could ask; what is missing shows at the first use.`,
        ),
      ];
    case 'asked_iam':
      return [missingCheck(name, report), beyondCheck(`${name} beyond need`, report)];
  }
}

type Asked = Extract<PermissionReport, { how: 'asked_iam' }>;

function missingCheck(name: string, { missing, asked, beyond }: Asked): Check {
  if (missing.length === 0) return good(name, `all ${asked - beyond.length} needed are allowed`);
  const listed = missing.map(
    ({ action, tools, denied }) =>
      `${action}${denied === 'explicit' ? ' (forbidden)' : ''} for ${tools.join(', ')}`,
  );
  return warning(
    name,
    `missing: ${listed.join('; ')}`,
    'Attach what `aiops iam-policy` prints (with --with TOOL for changes). Those tools say what they cannot see until then.',
  );
}

function beyondCheck(name: string, { beyond }: Asked): Check {
  if (beyond.length === 0) return good(name, 'none of those looked for');
  return warning(
    name,
    `allowed and needed by nothing here: ${beyond.join(', ')}`,
    'Use an identity with less: `aiops iam-policy` prints the least there is.',
  );
}
