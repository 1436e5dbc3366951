import type { CallView } from '../src/domain/events.ts';

/** An answer without an end, as a model writes one: prose, lists, code and tables, in pieces of a word or so. */
export function answerPieces(): { next(): string } {
  const pieces = SECTION.match(/\s*\S{1,9}/g) ?? [];
  let at = 0;
  let section = 0;
  return {
    next() {
      const piece = pieces[at] ?? '';
      at += 1;
      if (at < pieces.length) return piece;
      at = 0;
      section += 1;
      return `${piece}\n\n## Part ${section}\n\n`;
    },
  };
}

const SECTION = `The load balancer took **web-1** out of service after three failed health checks; its memory had grown
for two hours before that, while requests stayed where they were. 지난 배포 이후로 메모리가 계속 늘었습니다. 部署之后内存持续增长。
Nothing in the logs of \`nginx\` points at a client, and the database answered in its usual time.

- memory: \`93 %\` of 8 GB, from 41 % at noon
- requests: flat at about 120 a second
- errors: 502 from the balancer, *none* from the application
  - the first at 14:05
  - the last at 14:19

1. roll back the release of 13:40
2. restart what is left of the old processes

\`\`\`sh
aws elbv2 describe-target-health --target-group-arn arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:targetgroup/web
journalctl -u nginx --since 14:00 | grep -c 'upstream prematurely closed'
free -m
\`\`\`

| time  | what happened            | where |
|-------|--------------------------|-------|
| 13:40 | release 2026.03.2        | web   |
| 14:05 | first 502                | alb   |
| 14:19 | instance out of service  | web-1 |
`;

/** A finished call of `list_instances` with so many rows. */
export function instanceResult(id: string, rows: number): CallView {
  const instances = Array.from({ length: rows }, (_, row) => ({
    id: `i-${row.toString(16).padStart(17, '0')}`,
    name: `web-${row}`,
    state: row % 7 === 0 ? 'stopped' : 'running',
    type: 't3.large',
    az: 'ap-northeast-2a',
    region: 'ap-northeast-2',
    account: '111122223333',
    private_ip: `10.${(row >> 16) & 255}.${(row >> 8) & 255}.${row & 255}`,
    tags: { env: 'prod', team: 'shop', release: '2026.03.2' },
  }));
  const stopped = Math.ceil(rows / 7);
  return {
    id,
    call: { tool: 'list_instances', arguments: {}, risk: 'read', namedInFull: true },
    state: {
      status: 'done',
      elapsedMs: 210,
      text: '',
      data: {
        instances,
        counts: { running: rows - stopped, stopped },
        coverage: { looked_at: ['EC2 DescribeInstances ap-northeast-2'], gaps: [] },
        call: {
          cli: ['aws ec2 describe-instances --region ap-northeast-2'],
          console: null,
          account: '111122223333',
          regions: ['ap-northeast-2'],
          aws_calls: 2,
          retries: 0,
          elapsed_ms: 180,
        },
      },
    },
  };
}
