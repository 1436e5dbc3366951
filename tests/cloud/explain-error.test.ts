import { describe, expect, test } from 'vitest';
import type { Account } from '../../mcp-server/cloud/account.ts';
import { untouched } from '../../mcp-server/cloud/call-failure.ts';
import { asFailure, asGap } from '../../mcp-server/cloud/explain-error.ts';

const account = { name: 'prod', profile: 'work' } as Account;
const asked = { action: 'ec2:DescribeInstances', place: { account, region: 'eu-west-1' } };

function awsError(name: string, more: { status?: number; attempts?: number; message?: string } = {}) {
  const { status = 400, attempts = 1, message = 'Words of AWS.' } = more;
  const $metadata = { httpStatusCode: status, attempts };
  return Object.assign(new Error(message), { name, $fault: 'client', $metadata });
}

function systemError(code: string) {
  return Object.assign(new Error(`connect ${code} 127.0.0.1:9`), { code });
}

describe('what an error means', () => {
  test.each([
    [awsError('UnauthorizedOperation', { status: 403 }), 'denied', 'denied'],
    [awsError('AccessDeniedException'), 'denied', 'denied'],
    [awsError('RequestLimitExceeded', { status: 503 }), 'throttled', 'throttled'],
    [awsError('ExpiredToken'), 'expired_credentials', 'expired'],
    [
      awsError('CredentialsProviderError', { message: 'Could not load credentials' }),
      'no_credentials',
      'denied',
    ],
    [
      awsError('CredentialsProviderError', {
        message: 'The SSO session associated with this profile has expired.',
      }),
      'expired_credentials',
      'expired',
    ],
    [awsError('InvalidInstanceID.NotFound'), 'not_found', 'no_data'],
    [awsError('InvalidVolume.NotFound'), 'not_found', 'no_data'],
    [awsError('IncorrectInstanceState'), 'invalid_state', 'no_data'],
    [awsError('SomethingNew', { status: 500 }), 'unreachable', 'unreachable'],
    [awsError('SomethingNew'), 'rejected', 'no_data'],
    [systemError('ECONNREFUSED'), 'unreachable', 'unreachable'],
    [systemError('ENOTFOUND'), 'unreachable', 'wrong_region'],
    [Object.assign(new Error('slow'), { name: 'TimeoutError' }), 'unreachable', 'unreachable'],
  ])('%o', (error, code, why) => {
    expect(asFailure(error, asked).failure).toMatchObject({ code, nothing_changed: true });
    expect(asGap(error, 'instances', asked)).toMatchObject({
      why,
      what: 'instances',
      account: 'prod',
      region: 'eu-west-1',
    });
  });

  test('the words name the action, the place, the tries and the profile', () => {
    expect(asFailure(awsError('ThrottlingException', { attempts: 5 }), asked).failure.message).toBe(
      'AWS throttled ec2:DescribeInstances in prod eu-west-1; gave up after 5 tries.',
    );
    expect(asFailure(awsError('ExpiredToken'), asked).failure.hint).toContain('aws sso login --profile work');
  });

  test('what is not about AWS is not explained away', () => {
    const bug = new TypeError('x is not a function');
    expect(() => asFailure(bug, asked)).toThrow(bug);
  });
});

/** What the SDK throws when it could not read an answer: the answer's status is on the error all the same. */
function unreadable(status: number | undefined, more: object = {}) {
  const error = new Error('@aws-sdk XML parse error: missing closing tag </item>.\n  Deserialization error');
  return Object.assign(error, { $metadata: { httpStatusCode: status, attempts: 1 } }, more);
}

describe('after a change', () => {
  test.each([
    ['a body cut short', unreadable(200)],
    ['a connection cut in the body', unreadable(200, { code: 'ECONNRESET' })],
    ['a connection that broke', unreadable(undefined, { code: 'EPROTO' })],
    ['a redirect', awsError('Unknown', { status: 302 })],
    ['a request that took AWS too long to receive', awsError('RequestTimeout', { status: 408 })],
    ['a fault of AWS', awsError('Unknown', { status: 502 })],
  ])('%s leaves open what became of it', (_, error) => {
    const { failure } = asFailure(error, asked, 'change');
    expect(failure).toMatchObject({ code: 'outcome_unknown', nothing_changed: false });
    expect(failure.message).not.toContain('refused');
    expect(asFailure(error, asked).failure).toMatchObject({ code: 'unreachable', nothing_changed: true });
  });

  test('words of a refusal in an answer that is none do not make it one', () => {
    const said = awsError('IncorrectInstanceState', { status: 200 });
    expect(asFailure(said, asked, 'change').failure).toMatchObject({
      code: 'outcome_unknown',
      nothing_changed: false,
    });
  });

  test.each([
    [awsError('SomethingNew'), 'rejected'],
    [awsError('Unknown', { status: 403 }), 'rejected'],
    [unreadable(403), 'rejected'],
    [awsError('CredentialsProviderError', { message: 'Could not load credentials' }), 'no_credentials'],
    [Object.assign(new Error('no answer'), { name: 'NotSimulated', code: 'not_simulated' }), 'not_simulated'],
  ])('%o: nothing was done', (error, code) => {
    expect(asFailure(error, asked, 'change').failure).toMatchObject({ code, nothing_changed: true });
  });

  test.each([
    [awsError('IncorrectInstanceState'), true],
    [awsError('RequestLimitExceeded', { status: 503 }), true],
    [systemError('ECONNREFUSED'), true],
    [systemError('ECONNRESET'), false],
    [awsError('InternalError', { status: 500 }), false],
    [Object.assign(new Error('slow'), { name: 'TimeoutError' }), false],
  ])('%o: certain that nothing changed is %s', (error, untouched) => {
    expect(asFailure(error, asked, 'change').failure.nothing_changed).toBe(untouched);
  });
});

test('what could not be seen for want of a setting says which', () => {
  const failure = untouched('not_configured', 'The account prod has no region.', { hint: 'Pass --region.' });
  expect(asGap(failure, 'instances', asked)).toMatchObject({
    why: 'not_configured',
    detail: 'The account prod has no region. Pass --region.',
  });
});
