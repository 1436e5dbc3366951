import { lookOnce, seen } from '../cloud/look.ts';
import { getConsoleOutput } from '../contract/catalogue/instances.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { closeNote, findInstance } from './one-instance.ts';
import type { ReadTool } from './tool.ts';

/** The last words are the ones that tell; AWS keeps 64 KiB. */
const KEPT = 16_000;
const IN_TEXT = 15;

export const consoleOutputTool: ReadTool<
  ToolInput<'get_console_output'>,
  ToolOutput<'get_console_output'>
> = {
  kind: 'read',
  contract: getConsoleOutput,
  async run(input, cloud) {
    const { id, name, place, matched } = await findInstance(cloud, input);
    const { sdk, client } = await place.account.connect('ec2', place.region, 'read');
    const answer = await lookOnce(place, 'ec2:GetConsoleOutput', () =>
      client.send(new sdk.GetConsoleOutputCommand({ InstanceId: id }), { abortSignal: cloud.signal }),
    );
    const whole = Buffer.from(answer.Output ?? '', 'base64').toString('utf8');
    const output = whole.slice(-KEPT);
    const place_ = { account: place.account.name, region: place.region };
    const gaps =
      whole === ''
        ? [
            {
              what: `console output of ${name}`,
              why: 'no_data' as const,
              detail: `${name} has written no console output yet.`,
              ...place_,
            },
          ]
        : whole.length > KEPT
          ? [
              {
                what: `console output of ${name}`,
                why: 'truncated' as const,
                detail: `Only the last ${KEPT} of ${whole.length} characters are shown.`,
                ...place_,
              },
            ]
          : [];
    const last = output.trimEnd().split('\n').slice(-IN_TEXT).join('\n');
    return {
      findings: {
        instance: id,
        name,
        at: answer.Timestamp?.toISOString() ?? null,
        output,
        coverage: { looked_at: [seen('ec2:GetConsoleOutput', place)], gaps },
      },
      text: `${closeNote(matched, input.instance, name)}Console output of ${name} (${id}):\n${last}`,
      cli: [awsLine(place, 'ec2', 'get-console-output', '--instance-id', id, '--output', 'text')],
      console: consolePage(place, 'ec2', `InstanceDetails:instanceId=${id}`),
    };
  },
};
