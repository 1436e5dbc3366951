import type {
  LoadBalancer,
  TargetGroup,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

/** The most AWS gives at a time. */
const PAGE = 400;

/** All load balancers of a place, but the classic ones, which another API keeps. */
export async function readLoadBalancers(
  cloud: Cloud,
  { account, region }: Place,
  names?: string[],
): Promise<LoadBalancer[]> {
  const { sdk, client } = await account.connect('elbv2', region, 'read');
  const found: LoadBalancer[] = [];
  const pages = sdk.paginateDescribeLoadBalancers(
    // AWS takes names or a page size.
    names ? { client } : { client, pageSize: PAGE },
    names ? { Names: names } : {},
    { abortSignal: cloud.signal },
  );
  for await (const page of pages) found.push(...(page.LoadBalancers ?? []));
  return found;
}

/** Target groups: all of a place, those of a load balancer, or those named by their ARNs. */
export async function readTargetGroups(
  cloud: Cloud,
  { account, region }: Place,
  of: { balancer?: string; arns?: string[] } = {},
): Promise<TargetGroup[]> {
  const { sdk, client } = await account.connect('elbv2', region, 'read');
  const found: TargetGroup[] = [];
  const all = of.balancer === undefined && of.arns === undefined;
  const pages = sdk.paginateDescribeTargetGroups(
    all ? { client, pageSize: PAGE } : { client },
    {
      ...(of.balancer === undefined ? {} : { LoadBalancerArn: of.balancer }),
      ...(of.arns === undefined ? {} : { TargetGroupArns: of.arns }),
    },
    { abortSignal: cloud.signal },
  );
  for await (const page of pages) found.push(...(page.TargetGroups ?? []));
  return found;
}

/** The health of a target group's targets; AWS gives all of them at once. */
export async function readTargetHealth(
  cloud: Cloud,
  { account, region }: Place,
  targetGroupArn: string,
): Promise<TargetHealthDescription[]> {
  const { sdk, client } = await account.connect('elbv2', region, 'read');
  const command = new sdk.DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn });
  const answer = await client.send(command, { abortSignal: cloud.signal });
  return answer.TargetHealthDescriptions ?? [];
}

/** `arn:...:loadbalancer/app/shop-alb/0123456789abcdef` → `shop-alb`. */
export function balancerName(arn: string): string {
  return arn.split('/')[2] ?? arn;
}

/** How CloudWatch names it: `app/shop-alb/0123456789abcdef`; null for what is no such ARN. */
export function balancerDimension(arn: string): string | null {
  return /:loadbalancer\/((?:app|net|gwy)\/[^/]+\/[0-9a-f]+)$/.exec(arn)?.[1] ?? null;
}
