import Form from 'next/form';
import { Button } from '@/app/_components/ui/button';
import { FilterSelect } from '@/app/_components/ui/filter-select';
import { SearchField } from '@/app/_components/ui/search-field';
import { statusLabel } from '@/app/_components/ui/status-mark';
import { Toolbar } from '@/app/_components/ui/toolbar';
import type { BuildFilter } from '@/lib/builds/schema';
import { operationStatuses } from '@/lib/operations/status';

/** A plain GET form: the filter is in the address and works without script. */
export function BuildFilters({ filter }: { filter: BuildFilter }) {
  return (
    <Form action="/builds">
      <Toolbar>
        <SearchField label="Search project or tag" name="q" defaultValue={filter.q} hotkey />
        <FilterSelect
          name="status"
          label="Status"
          value={filter.status ?? ''}
          choices={[
            ['', 'Any status'],
            ...operationStatuses.map((status) => [status, statusLabel(status)] as const),
          ]}
        />
        {filter.project ? <input type="hidden" name="project" value={filter.project} /> : null}
        <Button type="submit">Filter</Button>
      </Toolbar>
    </Form>
  );
}
