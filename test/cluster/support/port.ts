import { createServer } from 'node:net';

/** Given out, or refused by fetch: 10080 is the one of them here (https://fetch.spec.whatwg.org/#port-blocking). */
const taken = new Set([10_080]);

/**
 * A port on this machine that nobody listens on. It lies below those that Linux gives to outgoing connections, and
 * beside those that kubetest chooses from.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    if (!taken.has(port) && await isFree(port)) {
      taken.add(port);
      return port;
    }
  }
  throw new Error('no free port');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
