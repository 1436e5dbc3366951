import type { ToolInput, ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerContext } from './context.ts';
import { firstNames } from './shortened.ts';

type Service = ToolOutput<'list_services'>['services'][number];

const TOLD = 3;
const NAMED = 6;

/** The services that are not as wanted, with what ECS says of them, and the others by name. */
export function services(
  data: ToolOutput<'list_services'>,
  args: ToolInput<'list_services'>,
  context: AnswerContext,
): string[] {
  const words = context.words.services;
  const cluster = args.cluster === undefined ? null : plainLine(data.services[0]?.cluster ?? args.cluster);
  if (data.services.length === 0) return [words.noServices(cluster)];
  const ailing = data.services.filter(isAiling);
  const well = data.services.filter((one) => !isAiling(one));
  return [
    words.services(data.services.length, cluster),
    ...(ailing.length === 0
      ? [words.allWell()]
      : ailing.slice(0, TOLD).flatMap((one) => trouble(one, context))),
    ...(well.length > 0 && ailing.length > 0 ? [words.well(names(well, context))] : []),
  ];
}

/** What ECS says of a service all the time, whether or not it does well. */
const ROUTINE =
  /has (?:started|stopped|begun draining)|(?:de)?registered \d+ targets|steady state|deployment completed/;

function isAiling({ running, desired, deployments }: Service): boolean {
  return running < desired || deployments.some((one) => one.rollout === 'FAILED' || one.failed > 0);
}

function trouble(service: Service, { words, times }: AnswerContext): string[] {
  const { running, desired, pending, events } = service;
  const name = plainLine(service.name);
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
  const newest = events.find(({ message }) => !ROUTINE.test(message)) ?? events[0];
  return [
    words.services.ailing({ name, running, desired, pending, version: plainLine(service.task_definition) }),
    ...(primary && primary.rollout !== undefined && primary.rollout !== 'COMPLETED'
      ? [
          words.services.rolling({
            name,
            version: plainLine(primary.task_definition),
            state: primary.rollout,
            failed: primary.failed,
          }),
        ]
      : []),
    ...(newest ? [words.services.said(plainLine(newest.message), times.at(newest.at))] : []),
  ];
}

function names(of: readonly Service[], { words }: AnswerContext): string {
  const all = of.map((one) => `${plainLine(one.name)} ${one.running}/${one.desired}`);
  return firstNames(all, NAMED, words);
}
