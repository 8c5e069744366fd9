import Form from 'next/form';
import { Button } from '@/app/_components/ui/button';
import { NativeSelect } from '@/app/_components/ui/native-select';
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
        <NativeSelect
          key={filter.status}
          name="status"
          aria-label="Status"
          defaultValue={filter.status ?? ''}
          className="w-auto max-sm:flex-1"
        >
          <option value="">Any status</option>
          {operationStatuses.map((status) => (
            <option key={status} value={status}>
              {statusLabel(status)}
            </option>
          ))}
        </NativeSelect>
        {filter.project ? <input type="hidden" name="project" value={filter.project} /> : null}
        <Button type="submit">Filter</Button>
      </Toolbar>
    </Form>
  );
}
