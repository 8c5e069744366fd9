import 'server-only';
import { formatBytes } from '@/lib/format/bytes';
import { watchDiskSpace } from '@/lib/uploads/disk-space';
import { limits as defaults, type Limits } from '@/lib/uploads/schema';
import { refuseLarge } from './refuse';

/** Counts bytes read from the archive and unpacked bytes, and checks the limits and the free disk space. */
export interface Budget {
  readonly read: number;
  readonly unpacked: number;
  countRead(bytes: number): void;
  countUnpacked(bytes: number): Promise<void>;
}

export function openBudget(directory: string, limits: Limits = defaults): Budget {
  const hasRoom = watchDiskSpace(directory);
  let read = 0;
  let unpacked = 0;
  return {
    get read() {
      return read;
    },
    get unpacked() {
      return unpacked;
    },
    countRead(bytes) {
      read += bytes;
    },
    async countUnpacked(bytes) {
      unpacked += bytes;
      if (unpacked > limits.unpackedBytes)
        throw refuseLarge(`unpacks to more than ${formatBytes(limits.unpackedBytes)}`);
      if (unpacked > limits.ratioFromBytes && unpacked > limits.ratio * read)
        throw refuseLarge(
          `unpacks to more than ${limits.ratio} times its size, which suggests an archive bomb`,
        );
      await hasRoom(bytes);
    },
  };
}
