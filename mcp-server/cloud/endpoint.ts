import type { Service } from './services.ts';
import { readProfile } from './shared-config.ts';

const GENERAL = 'AWS_ENDPOINT_URL';
const SETTING = 'endpoint_url';

/** What a service is called where endpoints are configured, when it is not called the same. */
const CONFIGURED_NAMES: Partial<Record<Service, string>> = {
  apigateway: 'api_gateway',
  autoscaling: 'auto_scaling',
  logs: 'cloudwatch_logs',
  ce: 'cost_explorer',
  events: 'eventbridge',
  tag: 'resource_groups_tagging_api',
};

/** Endpoints instead of AWS's own, by service; the general one under the empty name. */
type Endpoints = ReadonlyMap<string, string>;

/**
 * Where requests go instead of AWS: what the environment says, and where it is silent the profile's section
 * of the AWS configuration file. The SDK reads the same, but not the section of a profile that a client
 * names; and what a person is shown, and approves, must be where requests go.
 * Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".
 */
export async function configuredEndpoints(
  environment: NodeJS.ProcessEnv,
  profile: string | undefined,
): Promise<Endpoints> {
  const set = endpointsOfEnvironment(environment);
  if (isIgnored(environment) || set.has('')) return set;
  const named = profile ?? (environment.AWS_PROFILE || 'default');
  const { settings, services } = await readProfile(named, environment);
  if (settings.get('ignore_configured_endpoint_urls') === 'true') return set;
  const found = new Map<string, string>();
  const general = settings.get(SETTING);
  if (general) found.set('', general);
  for (const [name, value] of services) {
    if (name.endsWith(`.${SETTING}`)) found.set(name.slice(0, -SETTING.length - 1).toLowerCase(), value);
  }
  return new Map([...found, ...set]);
}

export function endpointsOfEnvironment(environment: NodeJS.ProcessEnv): Endpoints {
  const found = new Map<string, string>();
  if (isIgnored(environment)) return found;
  for (const [name, value] of Object.entries(environment)) {
    if (!value || (name !== GENERAL && !name.startsWith(`${GENERAL}_`))) continue;
    found.set(name.slice(GENERAL.length + 1).toLowerCase(), value);
  }
  return found;
}

function isIgnored(environment: NodeJS.ProcessEnv): boolean {
  return environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true';
}

export function endpointFor(service: Service, endpoints: Endpoints): string | undefined {
  return endpoints.get(CONFIGURED_NAMES[service] ?? service) ?? endpoints.get('');
}

/** `http://127.0.0.1:4566, ec2 http://127.0.0.1:5000`; null for AWS itself. */
export function endpointsInWords(endpoints: Endpoints): string | null {
  const all = [...endpoints]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, url]) => `${name} ${url}`.trim());
  return all.length > 0 ? all.join(', ') : null;
}
