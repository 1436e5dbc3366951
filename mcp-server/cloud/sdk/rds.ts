/** The part of RDS's client in use; see `ec2.ts`. */
export {
  DescribeDBInstancesCommand,
  DescribeValidDBInstanceModificationsCommand,
  ModifyDBClusterParameterGroupCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeDBParameters,
  paginateDescribeEvents,
  paginateDescribeOrderableDBInstanceOptions,
  RDSClient,
  RebootDBClusterCommand,
  RebootDBInstanceCommand,
} from '@aws-sdk/client-rds';
