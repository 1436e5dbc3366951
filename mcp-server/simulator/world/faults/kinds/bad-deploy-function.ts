import { badCode } from '../../functions.ts';
import type { CausedChange, FaultRule, Span } from '../fault.ts';
import { courseOf, functionMetric, INVOCATIONS, moreErrors } from './function-course.ts';

const WHO = 'deploy-bot';

/**
 * A deployment whose code fails: the alias moves to the new version. It is mended for as long as the alias serves
 * another one; new environments run the same code.
 */
export const BAD_DEPLOY_FUNCTION: FaultRule = {
  kind: 'bad_deploy',
  strikes: ['function'],
  spans: (world, { resource, index, at }) => {
    const served = courseOf(world, resource)?.served ?? [];
    return served.flatMap((each, nth): Span[] => {
      const to = served[nth + 1]?.at ?? Number.POSITIVE_INFINITY;
      return each.code === badCode(index) && to > at ? [{ from: Math.max(at, each.at), to }] : [];
    });
  },
  distress: ({ severity }) => ({ errors: 0.8 * severity }),
  metrics: [
    INVOCATIONS,
    moreErrors(({ severity }) => 40 * severity),
    // What fails at once is over soon.
    functionMetric('Duration', 'Milliseconds', 180, (value) => value * 0.4),
  ],
  logs: [
    {
      says: 'again',
      perMinute: ({ severity }) => 20 * severity,
      lines: [
        (say) =>
          `${say.iso}\t${say.uuid()}\tERROR\tInvoke Error\t{"errorType":"TypeError","errorMessage":"Cannot read properties of undefined (reading 'total')","stack":["TypeError: Cannot read properties of undefined (reading 'total')","    at priceOf (/var/task/index.js:${say.pick(['118', '118', '141'])}:27)","    at Runtime.handler (/var/task/index.js:64:19)"]}`,
      ],
    },
  ],
  changes: (world, { resource, at, index }) => {
    const one = courseOf(world, resource)?.one;
    const version = one?.published.find(({ code }) => code === badCode(index))?.version;
    const call = (event: string, beforeMs: number, parameters: object): CausedChange => ({
      at: at - beforeMs,
      who: WHO,
      event,
      source: 'lambda.amazonaws.com',
      parameters: { functionName: resource.name, ...parameters },
    });
    const code = call('UpdateFunctionCode20150331v2', 9_000, { publish: false });
    const [alias] = one?.aliases ?? [];
    if (version === undefined || alias === undefined) return [code];
    return [
      code,
      call('PublishVersion20150331', 4_000, {}),
      call('UpdateAlias20150331', 0, { name: alias.name, functionVersion: version }),
    ];
  },
};
