import { hexOf } from '../../deterministic.ts';
import type { World } from '../../world.ts';
import { logged } from '../complaints.ts';
import type { FaultRule, Strike } from '../fault.ts';
import { until } from '../mending.ts';
import { FEWER_REQUESTS } from './fewer-requests.ts';

const DAY_MS = 86_400_000;

/** A certificate that could not be renewed has run out. A person renews it: no tool here touches certificates. */
export const CERTIFICATE_EXPIRED: FaultRule = {
  kind: 'certificate_expired',
  strikes: ['load_balancer', 'api', 'service', 'function', 'instance', 'database', 'cluster', 'external'],
  spans: (_world, { at }) => until(at),
  distress: ({ severity }) => ({ errors: severity }),
  onlyCallers: true,
  complaints: [
    (say, called) =>
      logged(say, 'ERROR', `call to ${called} failed: CERT_HAS_EXPIRED certificate has expired`),
    (say, called) =>
      logged(
        say,
        'ERROR',
        `TLS handshake with ${called} (${say.address()}) failed: x509: certificate has expired or is not yet valid`,
      ),
  ],
  metrics: [
    // Clients that do not get through the handshake send no requests: these are counted, and the answers fall away.
    {
      namespace: 'AWS/ApplicationELB',
      metric: 'ClientTLSNegotiationErrorCount',
      unit: 'Count',
      usual: { base: 0, noise: 0, daily: 0 },
      change: (value, { fault, ramp }) => value + 300 * fault.severity * ramp(60_000),
    },
    ...FEWER_REQUESTS,
  ],
  changes: (world, strike) => [
    {
      // Why it was not renewed: the record that proves the domain is gone.
      at: strike.at - 2 * DAY_MS,
      who: 'dns-cleanup',
      event: 'ChangeResourceRecordSets',
      source: 'route53.amazonaws.com',
      parameters: {
        changeBatch: { changes: [{ action: 'DELETE', resourceRecordSet: { type: 'CNAME' } }] },
        comment: `validation record of ${certificateArn(world, strike)}`,
      },
      resources: [{ type: 'AWS::Route53::HostedZone', name: `Z${hexOf('zone', 13).toUpperCase()}` }],
    },
  ],
  health: (world, strike) => [
    {
      at: strike.at,
      service: 'ACM',
      code: 'AWS_ACM_RENEWAL_STATE_CHANGE',
      status: 'open',
      description: `The certificate ${certificateArn(world, strike)} used by ${strike.resource.name} could not be renewed automatically and has expired.`,
    },
  ],
  logs: [
    {
      says: 'again',
      perMinute: 20,
      lines: [
        (say) =>
          logged(
            say,
            'ERROR',
            `TLS handshake with ${say.address()} failed: x509: certificate has expired or is not yet valid`,
          ),
        (say) => logged(say, 'ERROR', 'Error: certificate has expired (CERT_HAS_EXPIRED)'),
        (say) =>
          logged(
            say,
            'WARN',
            `client ${say.address()} closed the connection: alert certificate_expired (45)`,
          ),
      ],
    },
  ],
};

function certificateArn({ file }: World, { resource }: Strike): string {
  const id = hexOf(`${file.account}/certificate/${resource.id}`, 32);
  const parts = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)];
  return `arn:aws:acm:${resource.region ?? file.regions[0] ?? ''}:${file.account}:certificate/${parts.join('-')}`;
}
