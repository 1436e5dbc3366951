import type { TroubleEntry } from '../format/account.ts';
import { hash32, unit } from '../world/deterministic.ts';
import type { ExceptionDetails } from './service-exception.ts';

/** What is to go wrong with one call. */
export type Trouble = { delayMs: number; partial: boolean; exception?: ExceptionDetails };

type TroubleCall = {
  service: string;
  action: string;
  region: string;
  account: string;
  identity: string;
};

/**
 * Decides what goes wrong with each call in turn. The same file and the same calls in the same order meet
 * the same trouble in every run.
 */
export function createTrouble(entries: readonly TroubleEntry[]): (call: TroubleCall) => Trouble {
  const met = entries.map(() => 0);
  return (call) => {
    const trouble: Trouble = { delayMs: 0, partial: false };
    for (const [index, entry] of entries.entries()) {
      if (!applies(entry, call)) continue;
      const turn = met[index] ?? 0;
      met[index] = turn + 1;
      const seed = hash32(`${entry.service}/${entry.action}/${entry.error ?? 'delay'}/${index}`);
      if (unit(seed, turn) >= entry.rate) continue;
      trouble.delayMs += entry.delay ?? 0;
      if (entry.error === 'PartialData') trouble.partial = true;
      else if (entry.error !== undefined) trouble.exception ??= exceptionOf(entry.error, entry.message, call);
    }
    return trouble;
  };
}

function applies(entry: TroubleEntry, call: TroubleCall): boolean {
  return (
    entry.service === call.service &&
    (entry.action === '*' || entry.action === call.action) &&
    (entry.region === undefined || entry.region === call.region)
  );
}

/** How each protocol words the errors that all services share. */
type Dialect = {
  denied: string;
  throttled: string;
  throttledStatus: number;
  expired: string;
  expiredStatus: number;
};

const JSON_DIALECT: Dialect = {
  denied: 'AccessDeniedException',
  throttled: 'ThrottlingException',
  throttledStatus: 400,
  expired: 'ExpiredTokenException',
  expiredStatus: 400,
};
const QUERY_DIALECT: Dialect = {
  denied: 'AccessDenied',
  throttled: 'Throttling',
  throttledStatus: 400,
  expired: 'ExpiredToken',
  expiredStatus: 403,
};
const DIALECTS: Readonly<Record<string, Dialect>> = {
  ec2: {
    denied: 'UnauthorizedOperation',
    throttled: 'RequestLimitExceeded',
    throttledStatus: 503,
    expired: 'RequestExpired',
    expiredStatus: 400,
  },
  cloudwatch: QUERY_DIALECT,
  sts: QUERY_DIALECT,
  autoscaling: QUERY_DIALECT,
  rds: QUERY_DIALECT,
  elbv2: QUERY_DIALECT,
  xray: { ...JSON_DIALECT, throttled: 'ThrottledException', throttledStatus: 429 },
  lambda: { ...JSON_DIALECT, throttled: 'TooManyRequestsException', throttledStatus: 429 },
};

/** The errors that say a caller has no right to a call. */
export const DENIED_ERRORS: readonly string[] = [
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
];
const THROTTLED = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
];
const EXPIRED = ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired'];
const SERVER_ERRORS: Readonly<Record<string, number>> = {
  InternalError: 500,
  InternalFailure: 500,
  InternalServiceError: 500,
  InternalServiceFault: 500,
  ServiceUnavailable: 503,
  Unavailable: 503,
};

function exceptionOf(error: string, message: string | undefined, call: TroubleCall): ExceptionDetails {
  const dialect = DIALECTS[call.service] ?? JSON_DIALECT;
  if (DENIED_ERRORS.includes(error))
    return { name: dialect.denied, message: message ?? deniedMessage(call), status: 403 };
  if (THROTTLED.includes(error)) {
    const said = dialect.throttled === 'RequestLimitExceeded' ? 'Request limit exceeded.' : 'Rate exceeded';
    return {
      name: dialect.throttled,
      message: message ?? said,
      status: dialect.throttledStatus,
      throttling: true,
    };
  }
  if (EXPIRED.includes(error)) {
    const said =
      dialect.expired === 'RequestExpired'
        ? 'Request has expired.'
        : 'The security token included in the request is expired';
    return { name: dialect.expired, message: message ?? said, status: dialect.expiredStatus };
  }
  const status = SERVER_ERRORS[error] ?? 400;
  return { name: error, message: message ?? `${error} (asked for by the account file)`, status };
}

/** What policies call a service, where it is not what its command line is called. */
const POLICY_PREFIXES: Readonly<Record<string, string>> = {
  elbv2: 'elasticloadbalancing',
  emr: 'elasticmapreduce',
};

const API_GATEWAYS = ['apigateway', 'apigatewayv2'];

/** As a policy names the call: API Gateway's are by their HTTP method, and the simulated ones only read. */
export function policyAction({ service, action }: Pick<TroubleCall, 'service' | 'action'>): string {
  if (API_GATEWAYS.includes(service)) return 'apigateway:GET';
  return `${POLICY_PREFIXES[service] ?? service}:${action}`;
}

function deniedMessage(call: TroubleCall): string {
  const { service, identity } = call;
  const named = policyAction(call);
  const who = `${identity} is not authorized to perform: ${named}`;
  const why = `because no identity-based policy allows the ${named} action`;
  return service === 'ec2'
    ? `You are not authorized to perform this operation. User: ${who} ${why}`
    : `User: ${who} ${why}`;
}
