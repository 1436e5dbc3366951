import type { Operations } from '../../wire/operation.ts';
import { getCostAndUsage } from './get-cost-and-usage.ts';
import { getCostForecast } from './get-cost-forecast.ts';

export const COST_EXPLORER: Operations = {
  GetCostAndUsage: getCostAndUsage,
  GetCostForecast: getCostForecast,
};
