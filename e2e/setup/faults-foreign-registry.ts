import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry without a stored login that requests one, and records what it receives. */
interface ForeignRegistry {
  host: string;
  /** Each request: method, URL, headers and body. */
  heard: string[];
  close(): Promise<void>;
}

export async function openForeignRegistry(scheme: 'Basic' | 'Bearer'): Promise<ForeignRegistry> {
  const heard: string[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      heard.push([`${request.method} ${request.url}`, ...request.rawHeaders, body].join('\n'));
      const here = `http://${request.headers.host}`;
      const asked =
        scheme === 'Basic' ? 'Basic realm="foreign"' : `Bearer realm="${here}/token",service="foreign"`;
      // Its tokens are rejected, too: it is after the login itself.
      if (request.url?.startsWith('/token') && request.headers.authorization) response.end('{"token":"x"}');
      else response.writeHead(401, { 'www-authenticate': asked }).end('{"errors":[{"code":"UNAUTHORIZED"}]}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
