import type { FailureCode } from '../contract/failure.ts';
import type { GapReason } from './explain-error.ts';

export type ErrorMeaning = {
  code: FailureCode;
  why: GapReason;
  /** Words for a person; `{action}`, `{profile}`, `{place}`, `{message}` and `{tries}` are filled in. */
  says: string;
  hint?: string;
};

const NO_CREDENTIALS: ErrorMeaning = {
  code: 'no_credentials',
  why: 'denied',
  says: 'No AWS credentials were found for {place}.',
  hint: 'Run `aws configure`, or `aws sso login{profile}`, or name a profile with --profile; `--account demo` needs none.',
};
const EXPIRED: ErrorMeaning = {
  code: 'expired_credentials',
  why: 'expired',
  says: 'The AWS credentials for {place} have expired.',
  hint: 'Run `aws sso login{profile}` (or renew the token you use), then ask again.',
};
const BAD_CREDENTIALS: ErrorMeaning = {
  code: 'no_credentials',
  why: 'denied',
  says: 'AWS does not accept the credentials for {place}: {message}',
  hint: 'Check the access key, the secret and this machine’s clock.',
};
const DENIED: ErrorMeaning = {
  code: 'denied',
  why: 'denied',
  says: 'Not allowed: {action} in {place}.',
  hint: 'Ask for a policy that allows {action}.',
};
const THROTTLED: ErrorMeaning = {
  code: 'throttled',
  why: 'throttled',
  says: 'AWS throttled {action} in {place}; gave up after {tries}.',
  hint: 'Ask again in a minute.',
};
const NOT_FOUND: ErrorMeaning = {
  code: 'not_found',
  why: 'no_data',
  says: '{message}',
};
const INVALID_STATE: ErrorMeaning = {
  code: 'invalid_state',
  why: 'no_data',
  says: '{message}',
};
const UNREACHABLE: ErrorMeaning = {
  code: 'unreachable',
  why: 'unreachable',
  says: '{place} cannot be reached for {action}: {message}',
  hint: 'Check the network and the endpoint.',
};
const WRONG_REGION: ErrorMeaning = {
  code: 'unreachable',
  why: 'wrong_region',
  says: 'There is no endpoint for {place} ({action}): {message}',
  hint: 'Check the region’s spelling, and that the account has it enabled.',
};
const NOT_ENABLED: ErrorMeaning = {
  code: 'denied',
  why: 'wrong_region',
  says: 'The region is not enabled for this account: {place}.',
  hint: 'Enable the region in the account’s settings, or leave it out of `regions`.',
};
const MALFORMED_QUERY: ErrorMeaning = {
  code: 'invalid_arguments',
  why: 'no_data',
  says: 'The Logs Insights query is not valid: {message}',
  hint: 'Example: fields @timestamp, @message | filter @message like /(?i)error/ | stats count(*) by bin(5m)',
};
const NOT_SIMULATED: ErrorMeaning = {
  code: 'not_simulated',
  why: 'not_simulated',
  says: 'The simulated account does not answer {action}.',
};

/**
 * What AWS's error names, the SDK's and the network's mean. EC2 names errors with dots
 * (`InvalidInstanceID.NotFound`); a family is looked up by its part after the last dot too.
 */
export const ERROR_MEANINGS: Readonly<Record<string, ErrorMeaning>> = {
  NotSimulated: NOT_SIMULATED,
  CredentialsProviderError: NO_CREDENTIALS,
  ProviderError: NO_CREDENTIALS,
  TokenProviderError: EXPIRED,
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  RequestExpired: EXPIRED,
  TokenRefreshRequired: EXPIRED,
  UnrecognizedClientException: BAD_CREDENTIALS,
  InvalidClientTokenId: BAD_CREDENTIALS,
  InvalidAccessKeyId: BAD_CREDENTIALS,
  SignatureDoesNotMatch: BAD_CREDENTIALS,
  InvalidSignatureException: BAD_CREDENTIALS,
  IncompleteSignature: BAD_CREDENTIALS,
  RequestTimeTooSkewed: BAD_CREDENTIALS,
  AuthFailure: BAD_CREDENTIALS,
  AccessDenied: DENIED,
  AccessDeniedException: DENIED,
  UnauthorizedOperation: DENIED,
  UnauthorizedAccess: DENIED,
  AuthorizationError: DENIED,
  Forbidden: DENIED,
  OptInRequired: NOT_ENABLED,
  Throttling: THROTTLED,
  ThrottlingException: THROTTLED,
  ThrottledException: THROTTLED,
  TooManyRequestsException: THROTTLED,
  RequestThrottled: THROTTLED,
  RequestThrottledException: THROTTLED,
  RequestLimitExceeded: THROTTLED,
  LimitExceededException: THROTTLED,
  SlowDown: THROTTLED,
  NotFound: NOT_FOUND,
  Malformed: NOT_FOUND,
  ResourceNotFound: NOT_FOUND,
  ResourceNotFoundException: NOT_FOUND,
  NotFoundException: NOT_FOUND,
  ClusterNotFoundException: NOT_FOUND,
  ServiceNotFoundException: NOT_FOUND,
  LoadBalancerNotFound: NOT_FOUND,
  LoadBalancerNotFoundException: NOT_FOUND,
  TargetGroupNotFound: NOT_FOUND,
  TargetGroupNotFoundException: NOT_FOUND,
  ServiceNotActiveException: INVALID_STATE,
  DBInstanceNotFound: NOT_FOUND,
  DBInstanceNotFoundFault: NOT_FOUND,
  DBClusterNotFoundFault: NOT_FOUND,
  DBParameterGroupNotFound: NOT_FOUND,
  DBParameterGroupNotFoundFault: NOT_FOUND,
  InvalidDBInstanceState: INVALID_STATE,
  InvalidDBInstanceStateFault: INVALID_STATE,
  InvalidDBClusterStateFault: INVALID_STATE,
  InvalidDBParameterGroupState: INVALID_STATE,
  InvalidDBParameterGroupStateFault: INVALID_STATE,
  NotAuthorizedException: DENIED,
  MalformedQueryException: MALFORMED_QUERY,
  IncorrectInstanceState: INVALID_STATE,
  ResourceConflictException: INVALID_STATE,
  IncorrectState: INVALID_STATE,
  IncorrectModificationState: INVALID_STATE,
  ScalingActivityInProgress: INVALID_STATE,
  OperationNotPermitted: INVALID_STATE,
  InvalidRegion: WRONG_REGION,
  UnknownEndpoint: WRONG_REGION,
  ENOTFOUND: WRONG_REGION,
  EAI_AGAIN: UNREACHABLE,
  ECONNREFUSED: UNREACHABLE,
  ECONNRESET: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EPIPE: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  TimeoutError: UNREACHABLE,
  RequestTimeout: UNREACHABLE,
  RequestTimeoutException: UNREACHABLE,
  NetworkingError: UNREACHABLE,
  InternalError: UNREACHABLE,
  InternalFailure: UNREACHABLE,
  InternalServerError: UNREACHABLE,
  InternalServiceFault: UNREACHABLE,
  ServiceUnavailable: UNREACHABLE,
  ServiceUnavailableException: UNREACHABLE,
  Unavailable: UNREACHABLE,
};
