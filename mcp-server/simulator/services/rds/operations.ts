import type { Operations } from '../../wire/operation.ts';
import { describeDBClusters, describeDBInstances } from './describe.ts';
import { describeEvents } from './events.ts';
import { modifyDBInstance, rebootDBCluster, rebootDBInstance } from './modify.ts';
import { describeOrderableDBInstanceOptions, describeValidDBInstanceModifications } from './offers.ts';
import {
  describeDBClusterParameters,
  describeDBParameters,
  modifyDBClusterParameterGroup,
  modifyDBParameterGroup,
} from './parameters.ts';

export const RDS: Operations = {
  DescribeDBInstances: describeDBInstances,
  DescribeDBClusters: describeDBClusters,
  DescribeDBParameters: describeDBParameters,
  DescribeDBClusterParameters: describeDBClusterParameters,
  DescribeEvents: describeEvents,
  DescribeOrderableDBInstanceOptions: describeOrderableDBInstanceOptions,
  DescribeValidDBInstanceModifications: describeValidDBInstanceModifications,
  ModifyDBClusterParameterGroup: modifyDBClusterParameterGroup,
  ModifyDBInstance: modifyDBInstance,
  ModifyDBParameterGroup: modifyDBParameterGroup,
  RebootDBCluster: rebootDBCluster,
  RebootDBInstance: rebootDBInstance,
};
