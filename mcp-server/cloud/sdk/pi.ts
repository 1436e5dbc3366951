/** The part of Performance Insights' client in use; see `ec2.ts`. */
export { DescribeDimensionKeysCommand, PIClient, paginateGetResourceMetrics } from '@aws-sdk/client-pi';
