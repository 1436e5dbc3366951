import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseDocument } from '../../contract/document.ts';
import type { SchemaProblem } from '../../contract/schema-problems.ts';
import type { AccountDocument } from './account.ts';
import { datadogLog, datadogMonitor, deployment, kubernetesEvent, node, pod } from './kubernetes.ts';

type Reference = {
  path: readonly PropertyKey[];
  file: string /** Given for JSON that is read at once. */;
  items?: z.ZodType;
};

const CLUSTER_PARTS = { nodes: node, deployments: deployment, pods: pod, events: kubernetesEvent } as const;
const DATADOG_PARTS = { logs: datadogLog, monitors: datadogMonitor } as const;

function references(document: AccountDocument): Reference[] {
  const found: Reference[] = [];
  const add = (path: readonly PropertyKey[], file: string | undefined, items?: z.ZodType) => {
    if (file !== undefined) found.push({ path, file, ...(items && { items }) });
  };
  for (const [index, one] of document.metrics.entries()) add(['metrics', index, 'file'], one.file);
  for (const [index, one] of document.logs.entries()) add(['logs', index, 'file'], one.file);
  for (const [index, one] of document.rds.entries()) {
    const insights = one.performance_insights;
    if (typeof insights === 'object') add(['rds', index, 'performance_insights', 'file'], insights.file);
  }
  for (const [index, one] of document.eks.entries()) {
    for (const [part, items] of Object.entries(CLUSTER_PARTS)) {
      add(['eks', index, part, 'file'], fileOf(one[part as keyof typeof CLUSTER_PARTS]), items);
    }
  }
  for (const [part, items] of Object.entries(DATADOG_PARTS)) {
    add(['datadog', part, 'file'], fileOf(document.datadog?.[part as keyof typeof DATADOG_PARTS]), items);
  }
  add(['costs', 'file'], document.costs?.file);
  add(['baselines'], document.baselines);
  return found;
}

function fileOf(part: unknown[] | { file: string } | undefined): string | undefined {
  return part === undefined || Array.isArray(part) ? undefined : part.file;
}

/** The files the account file points at and that are not there. */
export function missingFiles(document: AccountDocument, folder: string): SchemaProblem[] {
  return references(document)
    .filter((one) => !existsSync(resolve(folder, one.file)))
    .map((one) => ({
      path: one.path,
      message: `there is no file "${one.file}" in ${folder}.`,
      fix: 'Paths are counted from the account file.',
      atKey: false,
    }));
}

/**
 * Reads the JSON files that describe resources, so that what is wrong with them is said at once.
 * Metrics and logs are read when they are first asked for.
 *
 * @throws DocumentError that names the JSON file
 */
export async function checkSideFiles(document: AccountDocument, folder: string): Promise<void> {
  const described = references(document).filter((one) => one.items !== undefined);
  await Promise.all(
    described.map(async ({ file, items }) => {
      const path = resolve(folder, file);
      parseDocument(await readFile(path, 'utf8'), path, z.array(items ?? z.unknown()));
    }),
  );
}
