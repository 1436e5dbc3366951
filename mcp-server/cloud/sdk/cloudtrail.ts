/** The part of CloudTrail's client in use; see `ec2.ts`. */
export { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
