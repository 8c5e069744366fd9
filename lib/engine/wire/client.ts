import 'server-only';
import http from 'node:http';
import https from 'node:https';
import { inspect } from 'node:util';
import Docker from 'dockerode';
import { engineCache } from '@/lib/engine/engine';
import { parseEngineAddress, type EngineAddress } from './address';

/**
 * docker-modem formats its options before every call for a disabled debug message. With the agent's open connections in
 * it that takes 30 ms of processor time per call (measured with eight concurrent calls), without them 2 ms.
 */
const brief = (agent: http.Agent): http.Agent => Object.assign(agent, { [inspect.custom]: () => 'Agent' });

/**
 * Without keep-alive: the next call would fail on a connection that the engine has closed (a restart), and a new
 * connection on a local socket is cheap.
 */
function transport(address: EngineAddress): Docker.DockerOptions & { agent?: http.Agent } {
  switch (address.scheme) {
    case 'unix':
      return {
        socketPath: address.socketPath,
        protocol: 'http',
        agent: brief(new http.Agent({ keepAlive: false })),
      };
    case 'tcp':
      return {
        host: address.host,
        port: address.port,
        protocol: address.tls ? 'https' : 'http',
        agent: brief(
          address.tls ? new https.Agent({ keepAlive: false }) : new http.Agent({ keepAlive: false }),
        ),
        ...address.tls,
      };
    case 'ssh':
      return {
        host: address.host,
        port: address.port,
        username: address.username,
        protocol: 'ssh',
        sshOptions: { agent: process.env.SSH_AUTH_SOCK },
      };
  }
}

/**
 * docker-modem fills missing options from DOCKER_HOST, and throws if it cannot parse it. DOCKER_HOST may be another
 * engine, so it is removed while the client is created.
 */
function withoutDockerHost<T>(make: () => T): T {
  const host = process.env.DOCKER_HOST;
  delete process.env.DOCKER_HOST;
  try {
    return make();
  } finally {
    if (host !== undefined) process.env.DOCKER_HOST = host;
  }
}

export const dockerClient = engineCache('client', ({ address, gate }): Docker => {
  const options = transport(parseEngineAddress(gate ?? address));
  return withoutDockerHost(() => new Docker(options));
});
