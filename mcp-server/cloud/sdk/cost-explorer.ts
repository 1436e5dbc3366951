/** The part of Cost Explorer's client in use; see `ec2.ts`. */
export {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
} from '@aws-sdk/client-cost-explorer';
