import type { DescribeInstancesCommandInput, DescribeInstancesCommandOutput } from '@aws-sdk/client-ec2';
import { type Call, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { hexOf } from '../../world/deterministic.ts';
import { isListed } from '../../world/instance-life.ts';
import { type Instance, instancesIn } from '../../world/world.ts';
import { instanceMatcher } from './instance-filters.ts';
import { knownInstances } from './instance-ids.ts';
import { instanceShape } from './instance-shape.ts';

/** Instances a page holds when the call does not say, and the most it can. */
const PAGE_SIZE = 1000;

export const describeInstances = read<
  DescribeInstancesCommandInput,
  Omit<DescribeInstancesCommandOutput, '$metadata'>
>((input, call) => {
  const { InstanceIds: ids, MaxResults: size } = input;
  if (ids !== undefined && ids.length > 0 && size !== undefined) {
    throw new Refusal(
      'InvalidParameterCombination',
      'The parameter instancesSet cannot be used with the parameter maxResults',
    );
  }
  if (size !== undefined && (size < 5 || size > PAGE_SIZE)) {
    throw new Refusal('InvalidParameterValue', `Value ( ${size} ) for parameter maxResults is invalid.`);
  }
  const listed =
    ids !== undefined && ids.length > 0
      ? knownInstances(ids, call)
      : instancesIn(call.world, call.region).filter((one) => isListed(one.life, call.now));
  const matches = instanceMatcher(input.Filters ?? [], call);
  const { items, next } = page(listed.filter(matches), {
    size: size ?? PAGE_SIZE,
    token: input.NextToken,
    question: questionOf(input, 'NextToken', 'MaxResults'),
    badToken: 'InvalidNextToken',
  });
  return {
    Reservations: items.map((one) => reservation(one, call)),
    ...(next !== undefined && { NextToken: next }),
  };
});

function reservation(instance: Instance, { world, now, account }: Call) {
  return {
    ReservationId: `r-${hexOf(`${instance.id}/reservation`, 17)}`,
    OwnerId: account,
    Groups: [],
    Instances: [instanceShape(world, instance, now, account)],
  };
}
