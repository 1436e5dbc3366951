/** The part of Auto Scaling's client in use; see `ec2.ts`. */
export {
  AutoScalingClient,
  paginateDescribeAutoScalingGroups,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
