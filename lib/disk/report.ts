import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { engineFacts } from '@/lib/engine/system/status';
import type { EngineFacts } from '@/lib/engine/types';
import { adviseOn } from './advice';
import { lookAtFileSystem } from './file-system';
import { lastMeasurement, measure } from './measure';
import type { DiskReport } from './schema';

/** What is known about the engine's storage, with the last measurement; does not wait. */
export async function diskReport(engine: Engine, facts: EngineFacts): Promise<DiskReport> {
  const measurement = lastMeasurement(engine);
  const fileSystem = await lookAtFileSystem(engine, facts.dataRoot);
  return { fileSystem, measurement, advice: adviseOn(facts, fileSystem, measurement.summary) };
}

/** The same, measured now; waits for the engine. */
export async function measuredReport(engine: Engine, { force }: { force: boolean }): Promise<DiskReport> {
  const facts = await engineFacts(engine);
  await measure(engine, { force });
  return diskReport(engine, facts);
}
