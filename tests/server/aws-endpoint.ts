import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the endpoint was asked, as far as a test looks. */
export type AwsRequest = {
  action: string;
  service: string;
  parameters: URLSearchParams;
  credential: string;
  /** `PUT /2015-03-31/functions/checkout/configuration`, for protocols that say it so. */
  line: string;
  body: string;
};
export type AwsReply = { status?: number; body: string; type?: string; headers?: Record<string, string> };

/** A scripted AWS: real HTTP, the query protocol's wire format. */
export async function awsEndpoint(reply: (request: AwsRequest, count: number) => AwsReply | 'hang') {
  const requests: AwsRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const request = await read(incoming);
    requests.push(request);
    const count = requests.filter((one) => one.action === request.action).length;
    const answer = reply(request, count);
    if (answer === 'hang') return;
    response.writeHead(answer.status ?? 200, {
      'content-type': answer.type ?? 'text/xml',
      ...answer.headers,
    });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function read(incoming: IncomingMessage): Promise<AwsRequest> {
  let body = '';
  for await (const chunk of incoming) body += chunk;
  const parameters = new URLSearchParams(body);
  // `Credential=AKID/20261120/us-east-1/ec2/aws4_request`
  const [, credential = '', service = ''] =
    /Credential=([^/]+)\/[^/]+\/[^/]+\/([^/]+)\//.exec(incoming.headers.authorization ?? '') ?? [];
  const target =
    String(incoming.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? '';
  const line = `${incoming.method} ${incoming.url}`;
  return { action: parameters.get('Action') ?? target, service, parameters, credential, line, body };
}

export function ec2Instances(ids: string[], next?: string): AwsReply {
  const items = ids.map(
    (id) => `<item><ownerId>123456789012</ownerId><instancesSet><item><instanceId>${id}</instanceId>
      <instanceState><code>16</code><name>running</name></instanceState><instanceType>t3.micro</instanceType>
      <placement><availabilityZone>eu-central-1a</availabilityZone></placement>
      <tagSet><item><key>Name</key><value>real-${id.at(-1)}</value></item></tagSet></item></instancesSet></item>`,
  );
  const token = next ? `<nextToken>${next}</nextToken>` : '';
  return {
    body: `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>
      <reservationSet>${items.join('')}</reservationSet>${token}</DescribeInstancesResponse>`,
  };
}

export function ec2Error(code: string, message: string, status = 400): AwsReply {
  return {
    status,
    body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>r</RequestID></Response>`,
  };
}

export function callerIdentity(arn: string): AwsReply {
  return {
    body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
      <Arn>${arn}</Arn><UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  };
}

export function assumedRole(role: string, secondsLeft: number): AwsReply {
  const end = new Date(Date.now() + secondsLeft * 1_000).toISOString();
  return {
    body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
      <AccessKeyId>ASSUMED-${role.split('/').at(-1)}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
      <Expiration>${end}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  };
}
