import { z } from 'zod';
import { CATALOGUE, isToolName } from '../../mcp-server/contract/catalogue.ts';
import type { Directory, DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import { foldName } from '../../mcp-server/contract/name-folding.ts';
import type { AccountReport } from '../../mcp-server/contract/wire.ts';
import type { PlaceRefused } from '../domain/events.ts';
import type { PlannedCall, Reading } from '../domain/reading.ts';

/** Where calls go that name no place. Null: the server's current account; all of its regions. */
export type ChosenPlace = { account: string | null; region: string | null };

export const EVERYWHERE: ChosenPlace = { account: null, region: null };

/** The listing as somebody sees it who looks in one region: of several of one name, the one that is there. */
export function seenFrom({ region }: ChosenPlace, directory: Directory): Directory {
  if (region === null) return directory;
  const here = new Set(directory.entries.filter((entry) => entry.region === region).map(likeness));
  return {
    ...directory,
    entries: directory.entries.filter((entry) => entry.region === region || !here.has(likeness(entry))),
  };
}

function likeness({ kind, name }: DirectoryEntry): string {
  return `${kind} ${foldName(name)}`;
}

/** The reading with its calls sent to the chosen place, where they name none. */
export function placedReading(reading: Reading, place: ChosenPlace, directory: Directory): Reading {
  switch (reading.outcome) {
    case 'calls':
    case 'question':
      return { ...reading, calls: reading.calls.map((call) => placed(call, place, directory)) };
    case 'none':
    case 'refusal':
      return reading;
  }
}

/**
 * A call sent to the chosen place where it names none. One that names a resource which stands only elsewhere
 * is left as it is, and so is the region of a call to another account.
 */
function placed(call: PlannedCall, { account, region }: ChosenPlace, directory: Directory): PlannedCall {
  const names = argumentsOf(call.tool);
  const { arguments: args } = call;
  const toAccount = account !== null && names.has('account') && args.account === undefined;
  const elsewhere = args.account !== undefined && args.account !== account;
  const toRegion =
    region !== null &&
    names.has('region') &&
    args.region === undefined &&
    !elsewhere &&
    !standsElsewhere(args, region, directory);
  if (!toAccount && !toRegion) return call;
  return {
    ...call,
    arguments: { ...args, ...(toAccount ? { account } : {}), ...(toRegion ? { region } : {}) },
  };
}

function argumentsOf(tool: string): Set<string> {
  if (!isToolName(tool)) return new Set();
  const input: unknown = CATALOGUE[tool].input;
  return input instanceof z.ZodObject ? new Set(Object.keys(input.shape)) : new Set();
}

function standsElsewhere(args: Record<string, unknown>, region: string, { entries }: Directory): boolean {
  const mentions = new Set(
    Object.values(args)
      .flat()
      .filter((value) => typeof value === 'string')
      .map(foldName),
  );
  const meant = entries.filter(({ id, name, arn }) =>
    [id, name, arn ?? ''].some((spelling) => spelling !== '' && mentions.has(foldName(spelling))),
  );
  return meant.length > 0 && meant.every((entry) => entry.region !== region);
}

/** An AWS region, as the server takes it. */
const REGION = /^[a-z]{2,3}(-[a-z]+)+-\d+$/;

/** Why a region cannot be looked in, or null. Of an account on AWS any region can; a simulated one has its own. */
export function regionRefused(
  region: string,
  { account }: ChosenPlace,
  report: AccountReport | null,
): PlaceRefused | null {
  const row = rowOf(account, report);
  const known = row?.regions ?? [];
  const there = row?.backend.kind === 'simulated' ? known.includes(region) : REGION.test(region);
  return there ? null : { what: 'region', asked: region, known };
}

/** The configured account that a name or a number means, or why there is none. */
export function accountMeant(
  name: string,
  report: AccountReport | null,
): { account: string | null } | PlaceRefused {
  const all = report?.accounts ?? [];
  const meant = all.find((one) => one.name === name) ?? all.find((one) => one.account === name);
  if (!meant) return { what: 'account', asked: name, known: all.map((one) => one.name) };
  return { account: meant.current ? null : meant.name };
}

/** The report with the chosen account as the current one. */
export function reportFrom({ account }: ChosenPlace, report: AccountReport): AccountReport {
  if (account === null) return report;
  const accounts = report.accounts.map((one) => ({ ...one, current: one.name === account }));
  return { ...report, accounts };
}

/** Names and numbers of the configured accounts. */
export function accountNames({ accounts }: AccountReport): string[] {
  return accounts.flatMap(({ name, account }) => (account === null ? [name] : [name, account]));
}

/** The account that is meant when none is named. */
export function rowOf(
  account: string | null,
  report: AccountReport | null,
): AccountReport['accounts'][number] | undefined {
  return report?.accounts.find((one) => (account === null ? one.current : one.name === account));
}
