import 'server-only';
import http from 'node:http';
import https from 'node:https';
import { inspect } from 'node:util';
import Docker from 'dockerode';
import { engineCache } from '@/lib/engine/engine';
import { parseEngineAddress, type EngineAddress } from './address';

/**
 * docker-modem prints its options in full before every call, for a debug line that is off: with all open connections
 * of the agent in it that took 30 ms of processor time per call (measured with eight at a time), without 2 ms.
 */
const brief = (agent: http.Agent): http.Agent => Object.assign(agent, { [inspect.custom]: () => 'Agent' });

/**
 * No kept connections: one that the engine closed meanwhile (a restart) would fail the next call, and a new one on a
 * local socket costs nothing.
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
 * docker-modem fills what is missing from DOCKER_HOST and its companions, and throws where these do not suit it. They
 * may mean another engine than ours, so they are out of its sight while it is made.
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

export const dockerClient = engineCache('client', ({ address }): Docker => {
  const options = transport(parseEngineAddress(address));
  return withoutDockerHost(() => new Docker(options));
});
