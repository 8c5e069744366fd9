import Form from 'next/form';
import { Button } from '@/app/_components/ui/button';
import { FilterSelect } from '@/app/_components/ui/filter-select';
import { Toolbar } from '@/app/_components/ui/toolbar';
import { type WorkKind, workKinds } from '@/lib/images/work/schema';

/** A plain GET form: the filter is in the address and works without script. */
export function WorkFilter({ kind }: { kind: WorkKind | null }) {
  return (
    <Form action="/images/work">
      <Toolbar>
        <FilterSelect
          name="kind"
          label="Kind"
          value={kind ?? ''}
          choices={[['', 'All kinds'], ...Object.entries(workKinds)]}
        />
        <Button type="submit">Filter</Button>
      </Toolbar>
    </Form>
  );
}
