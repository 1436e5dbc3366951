import type { ReadIntent } from './intent.ts';
import { MEASURED } from './read-words.ts';

/** What was spent, what will be, and what stands out. */
export const COST_READS: readonly ReadIntent[] = [
  {
    tool: 'detect_cost_anomalies',
    needs: [['topic:cost'], ['topic:anomaly']],
    slots: [{ from: 'days' }],
  },
  {
    tool: 'forecast_cost',
    needs: [['topic:cost'], ['topic:forecast', 'time:month_end', 'time:next_month', 'time:year_end']],
    slots: [{ from: 'forecast_end' }],
  },
  {
    tool: 'forecast_cost',
    needs: [
      ['topic:forecast'],
      [
        'time:this_month',
        'time:month_end',
        'time:this_year',
        'time:month',
        'time:next_month',
        'time:year_end',
      ],
    ],
    unless: MEASURED,
    slots: [{ from: 'forecast_end' }],
  },
  {
    tool: 'get_cost',
    needs: [['topic:cost']],
    slots: [{ from: 'cost_dates' }, { from: 'group_by' }, { from: 'granularity' }],
  },
];
