import { partitionOf } from './account.ts';

/**
 * The region whose endpoint answers for a service that has one for the whole partition: Cost Explorer, AWS
 * Health. Sources: each service's page of the AWS General Reference, "Service endpoints".
 */
const GLOBAL_REGIONS: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-northwest-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** @param region any region of the account */
export function globalRegionOf(region: string): string {
  return GLOBAL_REGIONS[partitionOf(region)] ?? 'us-east-1';
}
