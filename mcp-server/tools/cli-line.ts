import type { Place } from '../cloud/account.ts';

/** Characters that mean nothing to a POSIX shell; anything else is quoted. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** One word as a POSIX shell reads it back unchanged, whatever is in it. */
export function shellWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The AWS CLI line that does the same: `awsLine(place, 'ec2', 'stop-instances', '--instance-ids', id)`. */
export function awsLine(place: Place, ...words: string[]): string {
  const { account, region } = place;
  const profile = account.profile ? ['--profile', account.profile] : [];
  return ['aws', ...words, '--region', region, ...profile].map(shellWord).join(' ');
}
