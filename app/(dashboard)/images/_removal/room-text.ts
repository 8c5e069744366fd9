import { formatBytes } from '@/lib/format/bytes';
import type { Room } from '@/lib/images/removal/schema';

/** `up to 3 MB`, since the build cache may hold layers too; `3 MB or more` if not all sizes are known. */
export const roomText = ({ bytes, isLeast }: Room): string =>
  isLeast ? `${formatBytes(bytes)} or more` : `up to ${formatBytes(bytes)}`;
