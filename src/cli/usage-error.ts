/** The command line or the configuration cannot be used as it is. The message is for the person who wrote it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
