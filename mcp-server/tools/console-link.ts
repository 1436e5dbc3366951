import { type Place, partitionOf } from '../cloud/account.ts';

const CONSOLES: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/**
 * A page of the AWS console, or null where there is none: a simulated account, an endpoint of one's own.
 *
 * @param service the path: `ec2`
 * @param fragment what follows `#`, encoded by the caller where it holds names
 */
export function consolePage(place: Place | undefined, service: string, fragment: string): string | null {
  if (place?.account.backend.kind !== 'aws' || place.account.backend.endpoint !== null) return null;
  const host = CONSOLES[partitionOf(place.region)];
  return `https://${place.region}.${host}/${service}/home?region=${place.region}#${fragment}`;
}
