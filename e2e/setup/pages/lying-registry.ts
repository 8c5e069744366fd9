import http from 'node:http';
import { startFake } from '@/lib/registry/test-server';

/** A registry that accepts everything, and then returns another digest for every tag. */
export async function startLyingRegistry(registry: string) {
  const digest = `sha256:${'0'.repeat(64)}`;
  const [hostname, port] = registry.split(':');
  const { host, stop } = await startFake((request, response) => {
    const { method = '', url = '', headers } = request;
    if (method === 'HEAD' && url.includes('/manifests/')) {
      response.writeHead(200, { 'docker-content-digest': digest, 'content-type': 'application/json' }).end();
      return;
    }
    const onward = http.request({ hostname, port, method, path: url, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  return { host, digest, stop };
}
