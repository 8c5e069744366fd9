import Form from 'next/form';
import { buildName } from '@/app/(dashboard)/builds/_components/build-columns';
import { Button } from '@/app/_components/ui/button';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { statusLabel } from '@/app/_components/ui/status-mark';
import type { BuildSummary } from '@/lib/builds/schema';

/** The two builds to compare. A plain GET form, so that a comparison has an address. */
export function ChooseBuilds({
  before,
  after,
  builds,
}: {
  before: BuildSummary;
  after: BuildSummary;
  builds: BuildSummary[];
}) {
  const select = (name: string, label: string, chosen: BuildSummary) => {
    const all = builds.some((build) => build.id === chosen.id) ? builds : [...builds, chosen];
    return (
      <label className="flex min-w-0 flex-1 basis-60 flex-col gap-1 font-medium">
        {label}
        <NativeSelect name={name} defaultValue={chosen.id}>
          {all.map((build) => (
            <option key={build.id} value={build.id}>
              {buildName(build)}, {statusLabel(build.status)}
            </option>
          ))}
        </NativeSelect>
      </label>
    );
  };
  return (
    <Form action="/builds/compare" key={`${before.id}|${after.id}`} className="mb-6">
      <div className="flex max-w-3xl flex-wrap items-end gap-3">
        {select('from', 'Before', before)}
        {select('to', 'After', after)}
        <Button type="submit">Compare</Button>
      </div>
    </Form>
  );
}
