/** The part of AWS Health's client in use; see `ec2.ts`. */
export {
  DescribeEventDetailsCommand,
  HealthClient,
  paginateDescribeAffectedEntities,
  paginateDescribeEvents,
} from '@aws-sdk/client-health';
