import Form from 'next/form';
import { Button } from '@/app/_components/ui/button';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { Toolbar } from '@/app/_components/ui/toolbar';
import { type WorkKind, workKinds } from '@/lib/images/work/schema';

/** A plain GET form: the filter is in the address and works without script. */
export function WorkFilter({ kind }: { kind: WorkKind | null }) {
  return (
    <Form action="/images/work" key={kind}>
      <Toolbar>
        <NativeSelect
          name="kind"
          aria-label="Kind"
          defaultValue={kind ?? ''}
          className="w-auto max-sm:flex-1"
        >
          <option value="">All kinds</option>
          {Object.entries(workKinds).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </NativeSelect>
        <Button type="submit">Filter</Button>
      </Toolbar>
    </Form>
  );
}
