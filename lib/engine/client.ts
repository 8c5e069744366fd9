import 'server-only';
import http from 'node:http';
import https from 'node:https';
import Docker from 'dockerode';
import { env } from '@/lib/env';
import { remember } from '@/lib/remember';
import { parseEngineAddress, type EngineAddress } from './address';

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
        agent: new http.Agent({ keepAlive: false }),
      };
    case 'tcp':
      return {
        host: address.host,
        port: address.port,
        protocol: address.tls ? 'https' : 'http',
        agent: address.tls ? new https.Agent({ keepAlive: false }) : new http.Agent({ keepAlive: false }),
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

/** Every key is given: docker-modem fills the missing ones from DOCKER_HOST, which may mean another engine. */
const nothing = { socketPath: undefined, host: undefined, port: undefined, username: undefined };
const noTls = { ca: undefined, cert: undefined, key: undefined };

export const engineAddress = (): string => env().engine;

export const dockerClient = (): Docker =>
  remember('docker-client', () => {
    const options = { ...nothing, ...noTls, ...transport(parseEngineAddress(engineAddress())) };
    return new Docker(options);
  });
