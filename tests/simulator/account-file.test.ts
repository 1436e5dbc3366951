import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DocumentError } from '../../mcp-server/contract/document.ts';
import { readAccountFile } from '../../mcp-server/simulator/account-file.ts';
import { shop, writeAccount } from './opened-account.ts';

async function complaint(yaml: string, beside: Record<string, string> = {}): Promise<DocumentError> {
  const path = await writeAccount(yaml, beside);
  const error = await readAccountFile(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DocumentError)) throw new Error(`expected a DocumentError, got ${String(error)}`);
  return error;
}

const HEAD = 'account: "111122223333"\nregions: [ap-northeast-2]\n';

describe('a file that holds together', () => {
  it('is read whole, with times, shapes and names', async () => {
    const file = await readAccountFile(
      await writeAccount(
        shop(`clock: 2026-11-20T09:00:00Z
faults: [{at: +90s, kind: instance_impaired, on: web-1}]
changes: [{at: -35m, who: deploy-bot, event: UpdateFunctionCode, resource: checkout}]
trouble: [{service: ec2, action: DescribeInstances, delay: 4s}]
`),
      ),
    );
    expect(file.clock).toBe(Date.parse('2026-11-20T09:00:00Z'));
    expect(file.faults[0]).toMatchObject({ at: { kind: 'relative', ms: 90_000 }, severity: 0.95 });
    expect(file.changes[0]?.at).toEqual({ kind: 'relative', ms: -35 * 60_000 });
    expect(file.trouble[0]).toMatchObject({ delay: 4000, rate: 1 });
    expect(file.ec2.map((one) => one.name)).toEqual(['web-1', 'web-2', 'batch-1', 'far-1']);
  });

  it('may say ready in either spelling, and give lists inline or as files', async () => {
    const yaml = `${HEAD}eks:
  - name: one
    nodes: [{name: a, ready: true}, {name: b, ready: "False"}, {name: c, ready: unknown}]
    pods: {file: pods.json}
`;
    const file = await readAccountFile(
      await writeAccount(yaml, { 'pods.json': '[{"name": "p", "phase": "Running"}]' }),
    );
    const nodes = file.eks[0]?.nodes;
    expect(Array.isArray(nodes) && nodes.map((one) => one.ready)).toEqual(['true', 'false', 'unknown']);
  });

  it('ships with the product', async () => {
    const demo = fileURLToPath(new URL('../../accounts/demo/account.yaml', import.meta.url));
    const file = await readAccountFile(demo);
    expect(file.ec2.length).toBeGreaterThanOrEqual(8);
    expect(file.clock).toBeUndefined();
  });
});

describe('a file that does not', () => {
  it.each<[name: string, yaml: string, line: number, says: RegExp]>([
    [
      'an unknown key',
      `${HEAD}ec2:\n  - {id: i-00000000000000001, typ: t3.micro}\n`,
      4,
      /unknown key "typ"\. Did you mean "type"\?/,
    ],
    ['an unknown section', `${HEAD}alarm: []\n`, 3, /unknown key "alarm"\. Did you mean "alarms"\?/],
    ['a missing key', `${HEAD}rds:\n  - {id: orders-db}\n`, 4, /"engine" is missing\. Add "engine"/],
    [
      'a wrong type',
      `${HEAD}lambda:\n  - {name: f, memory: plenty}\n`,
      4,
      /memory: expected a number, found "plenty"/,
    ],
    [
      'an account without quotes',
      'account: 111122223333\nregions: [us-east-1]\n',
      1,
      /Put it in quotes: "111122223333"/,
    ],
    [
      'a value that is not one',
      `${HEAD}ec2:\n  - {id: i-00000000000000001, type: t3.micro, state: runing}\n`,
      4,
      /Did you mean "running"\?/,
    ],
    ['a bad date', `${HEAD}clock: 2026-13-45T00:00:00Z\n`, 3, /not a date and time\. Write it as/],
    ['a day that does not exist', `${HEAD}clock: 2026-02-30T00:00:00Z\n`, 3, /not a date and time/],
    ['a bad duration', `${HEAD}trouble:\n  - {service: ec2, delay: 4 seconds}\n`, 4, /not a duration/],
    [
      'a fault kind that does not exist',
      `${HEAD}faults:\n  - {at: +1m, kind: cpu_saturated, on: x}\n`,
      4,
      /Did you mean "cpu_saturation"\?/,
    ],
    [
      'a service that does not exist',
      `${HEAD}trouble:\n  - {service: cloudwach, error: Throttling}\n`,
      4,
      /Did you mean "cloudwatch"\?/,
    ],
    [
      'trouble with nothing in it',
      `${HEAD}trouble:\n  - {service: ec2}\n`,
      4,
      /an "error", a "delay" or both/,
    ],
    [
      'a metric with no data',
      `${HEAD}metrics:\n  - {namespace: A, name: b}\n`,
      4,
      /either a "file" or a "shape"/,
    ],
    [
      'an alias on a version that is not there',
      `${HEAD}lambda:\n  - {name: pay, version: 9, aliases: {live: 9, old: {version: 8, split: {3: 0.1}}}}\n`,
      4,
      /pay has no version 3: it has 5, 6, 7, 8, 9/,
    ],
    ['a section that is no list', `${HEAD}ec2: web-1\n`, 3, /ec2: expected a list, found "web-1"/],
    ['an empty section', `${HEAD}ec2:\nrds: []\n`, 3, /ec2: expected a list, found nothing/],
    ['a list item that is no set of keys', `${HEAD}elb:\n  - front\n`, 4, /elb\[0\]: expected a set of keys/],
    [
      'a part that is neither a list nor a file',
      `${HEAD}eks:\n  - {name: a, nodes: 3}\n`,
      4,
      /expected a list or a set of keys, found 3/,
    ],
    ['nothing at all', '', 1, /expected a set of keys, found nothing/],
  ])('%s', async (_name, yaml, line, says) => {
    const error = await complaint(yaml);
    expect(error.message).toMatch(says);
    expect(error.message).toContain(`account.yaml:${line}: `);
    expect(error.line).toBe(line);
  });

  it.each<[name: string, more: string, says: RegExp]>([
    ['two instances with one id', 'x', /"i-00000000000000001" is already ec2\[0\]/],
    [
      'a group whose instance is elsewhere',
      '  - {name: b, min: 0, max: 2, desired: 1, instances: [batch-1, far-1]}',
      /far-1 is in us-west-2, its group in ap-northeast-2/,
    ],
    [
      'a group of an instance that does not exist',
      '  - {name: b, min: 0, max: 2, desired: 1, instances: [batc-1]}',
      /no instance "batc-1"\. Did you mean "batch-1"\?/,
    ],
    [
      'an instance in two groups',
      '  - {name: b, min: 0, max: 2, desired: 1, instances: [web-1]}',
      /web-1 is already in web-asg/,
    ],
    [
      'a desired capacity out of range',
      '  - {name: b, min: 0, max: 2, desired: 5}',
      /desired 5 is not within 0 to 2/,
    ],
    [
      'two groups of one name',
      '  - {name: web-asg, min: 0, max: 2, desired: 0}',
      /"web-asg" is already asg\[0\]/,
    ],
  ])('contradicts itself: %s', async (_name, more, says) => {
    const yaml =
      more === 'x'
        ? shop().replace('i-00000000000000002', 'i-00000000000000001')
        : shop().replace('elb:', `${more}\nelb:`);
    const error = await complaint(yaml);
    expect(error.message).toMatch(says);
    expect(error.line).toBe(more === 'x' ? 5 : 10);
  });

  it.each([
    [
      'a fault on nothing',
      'faults: [{at: +1m, kind: instance_impaired, on: web-11}]',
      /no instance "web-11"\. Did you mean/,
    ],
    [
      'a protection that protects nothing',
      'protected: [web1]',
      /no "web1" to protect\. Did you mean "web-1"\?/,
    ],
    [
      'a region that is not listed',
      'lambda: [{name: f, region: eu-west-1}]',
      /eu-west-1 is not among the account's regions/,
    ],
    ['a file that is not there', 'metrics: [{namespace: A, name: b, file: c.csv}]', /no file "c\.csv"/],
  ])('contradicts itself: %s', async (_name, more, says) => {
    const error = await complaint(shop(`${more}\n`));
    expect(error.message).toMatch(says);
    expect(error.line).toBe(12);
  });

  it('protects a database cluster, a parameter group, an alias, which are no resources of their own', async () => {
    const kept = ['books', 'shared-params', 'notify:live'];
    const path = await writeAccount(`${HEAD}protected: ${JSON.stringify(kept)}
rds: [{id: books-1, engine: aurora-mysql, cluster: books}, {id: orders, engine: mysql, parameter_group: shared-params}]
lambda: [{name: notify, version: "3"}]
`);
    expect((await readAccountFile(path)).protected).toEqual(kept);
  });

  it('tells two metrics for one, by whatever name', async () => {
    const shape = 'name: CPUUtilization, shape: {base: 1}';
    const error = await complaint(
      shop(`metrics:
  - {namespace: AWS/EC2, ${shape}, dimensions: {InstanceId: web-1}}
  - {namespace: AWS/EC2, ${shape}, dimensions: {InstanceId: i-00000000000000001}}
`),
    );
    expect(error.message).toMatch(/account\.yaml:14: .*is already metrics\[0\]/);
  });

  it('tells an ambiguous name', async () => {
    const yaml = shop('faults: [{at: +1m, kind: instance_stopped, on: web-1}]\n').replace(
      'name: web-2',
      'name: web-1',
    );
    const error = await complaint(yaml.replace('instances: [web-1, web-2]', 'instances: []'));
    expect(error.message).toMatch(/"web-1" is the name of 2 instances\. Use the id: i-0+1, i-0+2/);
  });

  it('says where YAML itself goes wrong', async () => {
    const unclosed = await complaint(`${HEAD}ec2:\n  - {id: i-00000000000000001, type: t3.micro\nrds: []\n`);
    expect(unclosed.line).toBeGreaterThanOrEqual(4);
    expect(unclosed.message).toMatch(/account\.yaml:\d+: .*bracket|account\.yaml:\d+: .*flow/i);
    const twice = await complaint(`${HEAD}regions: [us-east-1]\n`);
    expect(twice.message).toMatch(/account\.yaml:3: the same key stands here twice/);
  });

  it('names every problem, in order', async () => {
    const error = await complaint(
      `${HEAD}ec2:\n  - {id: web-1, type: t3.micro}\n  - {id: web-2, type: t3.micro}\nrdz: []\n`,
    );
    expect(error.problems.map((one) => [one.line, one.path])).toEqual([
      [4, 'ec2[0].id'],
      [5, 'ec2[1].id'],
      [6, 'rdz'],
    ]);
  });

  it('names the JSON file beside it', async () => {
    const yaml = `${HEAD}eks: [{name: a, nodes: {file: nodes.json}}]\n`;
    const error = await complaint(yaml, { 'nodes.json': '[\n {"name": "a", "ready": "perhaps"}\n]' });
    expect(error.file).toMatch(/nodes\.json$/);
    expect(error.message).toMatch(/nodes\.json:2: \[0\]\.ready/);
  });

  it('is not there', async () => {
    await expect(readAccountFile('/nowhere/account.yaml')).rejects.toThrow(
      /account\.yaml: there is no such file/,
    );
  });
});
