import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import type { Engine } from '@/lib/engine/engine';
import { hostOfServer } from '@/lib/engine/images/registry-auth';
import { callUpgrade } from '@/lib/engine/wire/dial';
import type { EngineLoginFor } from '@/lib/registry/access';
import { syncDirectory, type SyncCounts, type SyncedDirectory } from './file-sync';
import { GrpcError, grpcCodes, serveGrpc, unary, type GrpcHandler } from './grpc';
import { credentialsAnswer, healthy, readFields, secretAnswer } from './wire';

interface SessionServices {
  /** Stable per project: with it the engine finds the files of the last build again. */
  sharedKey: string;
  credentials: EngineLoginFor;
  secrets: ReadonlyMap<string, Uint8Array>;
  directories: ReadonlyMap<string, SyncedDirectory>;
}

/** BuildKit's way back to us during one build. One per build: the engine reads the context once per session. */
export interface BuildSession {
  id: string;
  synced: SyncCounts;
  close: () => void;
}

const text = (fields: Map<number, Buffer>, number: number) => fields.get(number)?.toString('utf8') ?? '';

function handlersFor(services: SessionServices, synced: SyncCounts): Map<string, GrpcHandler> {
  return new Map<string, GrpcHandler>([
    // Without it the engine drops the session after one second (20.10) or five.
    ['/grpc.health.v1.Health/Check', unary(healthy)],
    [
      '/moby.filesync.v1.Auth/Credentials',
      unary(async (request) => {
        const host = hostOfServer(text(readFields(request), 1));
        const found = await services.credentials(host);
        return found ? credentialsAnswer(found.username, found.password) : new Uint8Array();
      }),
    ],
    [
      '/moby.buildkit.secrets.v1.Secrets/GetSecret',
      unary((request) => {
        const id = text(readFields(request), 1);
        const secret = services.secrets.get(id);
        // Newer engines also ask for secrets of their own naming; only this code makes them go on without.
        if (!secret) throw new GrpcError(grpcCodes.notFound, `secret ${id} not found`);
        return secretAnswer(secret);
      }),
    ],
    ['/moby.filesync.v1.FileSync/DiffCopy', (call) => syncDirectory(call, services.directories, synced)],
  ]);
}

/** Opens a session on the engine. It lives until `close`, whatever becomes of the build. */
export async function openSession(engine: Engine, services: SessionServices): Promise<BuildSession> {
  const id = randomBytes(16).toString('hex');
  const synced: SyncCounts = { entries: 0, requested: 0, bytes: 0 };
  const handlers = handlersFor(services, synced);
  const socket = await callUpgrade(engine, {
    method: 'POST',
    path: '/session',
    headers: {
      Upgrade: 'h2c',
      'X-Docker-Expose-Session-Uuid': id,
      'X-Docker-Expose-Session-Name': 'layerwright',
      'X-Docker-Expose-Session-Sharedkey': createHash('sha256').update(services.sharedKey).digest('hex'),
      'X-Docker-Expose-Session-Grpc-Method': [...handlers.keys()],
    },
  });
  socket.on('error', () => {}); // Shows at the build's own stream.
  const session = serveGrpc(socket, handlers);
  return {
    id,
    synced,
    close() {
      session.destroy();
      socket.destroy();
    },
  };
}
