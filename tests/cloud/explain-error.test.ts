import { describe, expect, test } from 'vitest';
import type { Account } from '../../mcp-server/cloud/account.ts';
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

describe('after a change', () => {
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
