'use client';

import { EngineMark } from '@/app/_components/shell/engine-mark';
import { usePulse } from '@/app/_hooks/stream-provider';

export function LiveEngineMark() {
  const { engine } = usePulse();
  return <EngineMark state={engine.state} message={engine.message || undefined} />;
}
