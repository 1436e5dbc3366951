import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { gravestRisk } from './contract/risk.ts';
import type { AnyTool } from './tools/tool.ts';

const described = new WeakMap<AnyTool, Tool>();

/** The tools as `tools/list` has them. Their JSON schemas are made once, when somebody first asks. */
export function describeTools(tools: ReadonlyMap<string, AnyTool>): Tool[] {
  return [...tools.values()].map((tool) => {
    const before = described.get(tool);
    if (before) return before;
    const made = describe(tool);
    described.set(tool, made);
    return made;
  });
}

function describe({ contract }: AnyTool): Tool {
  const risk = gravestRisk(contract.name);
  return {
    name: contract.name,
    title: contract.title,
    description: contract.description,
    inputSchema: objectSchema(contract.input, 'input'),
    outputSchema: objectSchema(contract.output, 'output'),
    annotations: {
      title: contract.title,
      readOnlyHint: risk === 'read',
      destructiveHint: risk === 'destructive',
      idempotentHint: risk === 'read',
      openWorldHint: true,
    },
  };
}

type ObjectSchema = Tool['inputSchema'];

/** Draft 7: what MCP clients' validators know without further ado. */
function objectSchema(schema: z.ZodType, io: 'input' | 'output'): ObjectSchema {
  const json = z.toJSONSchema(schema, { target: 'draft-7', io });
  if (json.type !== 'object') throw new TypeError('a tool takes and returns objects');
  return { ...json, type: 'object' } as ObjectSchema;
}
