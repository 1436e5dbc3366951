import { describe, expect, it } from 'vitest';
import type { Directory, DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import { EMPTY_CONVERSATION } from '../../src/domain/reading.ts';
import { createPlanner } from '../../src/planner/planner.ts';

const of = (kind: DirectoryEntry['kind'], name: string, parent: string, id = name): DirectoryEntry => ({
  kind,
  id,
  name,
  parent,
  account: '444455556666',
  region: 'eu-west-1',
});
const directory: Directory = {
  complete: true,
  entries: [
    of('cluster', 'media', 'ecs'),
    of('cluster', 'trial', 'ecs'),
    of('service', 'player', 'media'),
    of('service', 'worker', 'media', 'media/worker'),
    of('service', 'worker', 'trial', 'trial/worker'),
  ],
};
const planner = createPlanner();
const read = (text: string) =>
  planner.read(text, { directory, now: new Date('2027-03-19T10:30:00Z'), conversation: EMPTY_CONVERSATION })
    .reading;

describe('a cluster that is named says which service is meant', () => {
  it.each([
    ['restart the worker service in the trial cluster', 'restart_service', 'trial/worker'],
    ['trial 클러스터의 worker 서비스 재시작해줘', 'restart_service', 'trial/worker'],
    ['重启 trial 集群的 worker 服务', 'restart_service', 'trial/worker'],
    ['roll back worker in media', 'rollback_service', 'media/worker'],
    ['restart player in the media cluster', 'restart_service', 'player'],
  ])('%s', (text, tool, service) => {
    expect(read(text)).toMatchObject({ outcome: 'calls', calls: [{ tool, arguments: { service } }] });
  });

  it('and is a question when the service is not there, or nothing says which', () => {
    expect(read('restart player in the trial cluster')).toMatchObject({ outcome: 'question' });
    expect(read('restart the worker service')).toMatchObject({
      outcome: 'question',
      question: {
        code: 'ambiguous',
        choices: [
          { pick: { arguments: { service: 'media/worker' } } },
          { pick: { arguments: { service: 'trial/worker' } } },
        ],
      },
    });
  });

  it('narrows a list', () => {
    expect(read('show me the services in the trial cluster')).toMatchObject({
      calls: [{ tool: 'list_services', arguments: { cluster: 'trial' } }],
    });
    expect(read('list services')).toMatchObject({ calls: [{ tool: 'list_services', arguments: {} }] });
  });
});
