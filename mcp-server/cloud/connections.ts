import type { Purpose } from './account.ts';
import { countRequests } from './request-count.ts';
import { type ClientConfig, type Connected, SERVICES, type Service } from './services.ts';

/** Tries of one read, the first included; the SDK waits longer before each (with jitter). */
const READ_ATTEMPTS = 5;
const CONNECT_MS = 4_000;
const REQUEST_MS = 20_000;

type Extras = Pick<ClientConfig, 'profile' | 'credentials' | 'endpoint'>;

/** Makes clients at first use and keeps them, one for each service, region and purpose. */
export function createConnections(
  extras: (service: Service, region: string) => Extras,
  prepare: (client: Connected<Service>['client']) => void = () => {},
) {
  const kept = new Map<string, Promise<unknown>>();

  async function make<S extends Service>(service: S, region: string, purpose: Purpose) {
    const connected = await SERVICES[service]({
      region,
      maxAttempts: purpose === 'read' ? READ_ATTEMPTS : 1,
      retryMode: 'standard',
      requestHandler: {
        connectionTimeout: CONNECT_MS,
        requestTimeout: REQUEST_MS,
        throwOnRequestTimeout: true,
      },
      ...extras(service, region),
    });
    countRequests(connected.client);
    prepare(connected.client);
    return connected as Connected<S>;
  }

  return function connect<S extends Service>(service: S, region: string, purpose: Purpose) {
    const key = `${service} ${region} ${purpose}`;
    const before = kept.get(key);
    if (before) return before as Promise<Connected<S>>;
    const made = make(service, region, purpose);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  };
}
