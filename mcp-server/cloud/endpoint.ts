const GENERAL = 'AWS_ENDPOINT_URL';

/**
 * Where the environment sends AWS requests instead of AWS, or null. The SDK honours the same variables; this
 * is for showing, and for binding an approval to the place it was given for. A service's own endpoint is
 * named after it: `http://127.0.0.1:4566, ec2 http://127.0.0.1:5000`.
 * Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".
 */
export function configuredEndpoint(environment: NodeJS.ProcessEnv): string | null {
  if (environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true') return null;
  const general = environment[GENERAL];
  const services = Object.entries(environment)
    .filter(([name, value]) => name.startsWith(`${GENERAL}_`) && value)
    .map(([name, value]) => `${name.slice(GENERAL.length + 1).toLowerCase()} ${value}`)
    .sort();
  const all = [...(general ? [general] : []), ...services];
  return all.length > 0 ? all.join(', ') : null;
}
