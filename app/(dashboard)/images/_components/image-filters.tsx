import Form from 'next/form';
import { Button } from '@/app/_components/ui/button';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { SearchField } from '@/app/_components/ui/search-field';
import { Toolbar } from '@/app/_components/ui/toolbar';
import { imageSorts, imageViews, sortLabels, viewLabels, type ImageFilter } from '@/lib/images/schema';

/** A plain GET form: a filtered list has an address, and works without script. */
export function ImageFilters({ filter }: { filter: ImageFilter }) {
  return (
    <Form action="/images">
      <Toolbar>
        <SearchField label="Search tag, id or label" name="q" defaultValue={filter.q} hotkey />
        <NativeSelect
          key={`view ${filter.view}`}
          name="view"
          aria-label="Which"
          defaultValue={filter.view}
          className="w-auto max-sm:flex-1"
        >
          {imageViews.map((view) => (
            <option key={view} value={view}>
              {viewLabels[view]}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect
          key={`sort ${filter.sort}`}
          name="sort"
          aria-label="Order"
          defaultValue={filter.sort}
          className="w-auto max-sm:flex-1"
        >
          {imageSorts.map((sort) => (
            <option key={sort} value={sort}>
              {sortLabels[sort]}
            </option>
          ))}
        </NativeSelect>
        <Button type="submit">Filter</Button>
      </Toolbar>
    </Form>
  );
}
