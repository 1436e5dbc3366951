import type { Failure, FailureCode } from '../contract/failure.ts';

/** A call that ends without findings, in the words and the code it ends with. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** A failure before anything was asked of AWS that could change it. */
export function untouched(code: FailureCode, message: string, more: Partial<Failure> = {}): CallFailure {
  return new CallFailure({ code, message, nothing_changed: true, ...more });
}
