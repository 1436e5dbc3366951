import type { Directory, DirectoryEntry } from '../../mcp-server/contract/directory.ts';

const where = { account: '444455556666', region: 'eu-west-1' };

function instance(number: number, name: string, state: string, tags: Record<string, string>): DirectoryEntry {
  return {
    kind: 'instance',
    id: `i-0f00ba4000000${String(number).padStart(3, '0')}`,
    name,
    state,
    tags,
    ...where,
  };
}

function of(kind: DirectoryEntry['kind'], name: string, more: Partial<DirectoryEntry> = {}): DirectoryEntry {
  return { kind, id: name, name, ...where, ...more };
}

/** A small streaming company's account. */
export const STREAMING: Directory = {
  complete: true,
  entries: [
    instance(1, 'gw-1', 'running', { env: 'production', team: 'edge' }),
    instance(2, 'gw-2', 'running', { env: 'production', team: 'edge' }),
    instance(3, 'ingest-worker-1', 'running', { env: 'production', team: 'data' }),
    instance(4, 'ingest-worker-2', 'running', { env: 'production', team: 'data' }),
    instance(5, 'ingest-worker-3', 'stopped', { env: 'production', team: 'data' }),
    instance(6, 'kafka-a', 'running', { env: 'production', team: 'data' }),
    instance(7, 'kafka-b', 'running', { env: 'production', team: 'data' }),
    instance(8, 'jenkins', 'running', { env: 'tools', team: 'build' }),
    instance(9, 'qa-box', 'stopped', { env: 'staging', team: 'qa' }),
    instance(10, 'report-gen', 'stopped', { env: 'tools', team: 'finance' }),
    of('database', 'db-main'),
    of('database', 'db-replica'),
    of('function', 'transcode'),
    of('function', 'send-receipt'),
    of('log_group', '/aws/lambda/transcode'),
    of('log_group', '/aws/lambda/send-receipt'),
    of('cluster', 'media'),
    of('service', 'player', { parent: 'media' }),
    of('service', 'billing', { parent: 'media' }),
    of('auto_scaling_group', 'edge-asg'),
    of('load_balancer', 'edge-nlb'),
    of('api', 'public-api'),
    of('managed_cluster', 'media-eks', { parent: 'eks' }),
    of('managed_cluster', 'events-msk', { parent: 'msk' }),
    of('deployment', 'recommender', { parent: 'media-eks', namespace: 'ml' }),
    of('deployment', 'billing', { parent: 'media-eks', namespace: 'finance' }),
    of('alarm', 'gw-latency-high'),
    of('alarm', 'db-main-connections'),
  ],
};

/** A Friday morning in the middle of a month. */
export const NOW = new Date('2027-03-19T10:30:00Z');
