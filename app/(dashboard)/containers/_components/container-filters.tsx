import Form from 'next/form';
import { Button } from '@/app/_components/ui/button';
import { FilterSelect } from '@/app/_components/ui/filter-select';
import { SearchField } from '@/app/_components/ui/search-field';
import { Toolbar } from '@/app/_components/ui/toolbar';
import { containerViews, viewLabels } from '@/lib/containers/choices';
import type { ContainerFilter } from '@/lib/containers/schema';

/** A plain GET form: the filter is in the address and works without script. */
export function ContainerFilters({ filter }: { filter: ContainerFilter }) {
  return (
    <Form action="/containers" key={`${filter.q}|${filter.view}`}>
      <Toolbar>
        <SearchField label="Search name, image or port" name="q" defaultValue={filter.q} hotkey />
        <FilterSelect
          name="view"
          label="Show"
          value={filter.view}
          choices={containerViews.map((view) => [view, viewLabels[view]])}
        />
        <Button type="submit">Filter</Button>
      </Toolbar>
    </Form>
  );
}
