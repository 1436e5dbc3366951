/** The part of STS's client in use; see `ec2.ts`. */
export { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
