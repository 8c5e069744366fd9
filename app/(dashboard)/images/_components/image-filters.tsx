import Form from 'next/form';
import { Button } from '@/app/_components/ui/button';
import { FilterSelect } from '@/app/_components/ui/filter-select';
import { Input } from '@/app/_components/ui/input';
import { SearchField } from '@/app/_components/ui/search-field';
import { Toolbar } from '@/app/_components/ui/toolbar';
import {
  imageAges,
  type ImageFilter,
  imageSizes,
  imageSorts,
  imageViews,
  sortLabels,
  viewLabels,
} from '@/lib/images/schema';

const labelled = (values: Record<string, { label: string }>): [string, string][] =>
  Object.entries(values).map(([value, { label }]) => [value, label]);

/** A plain GET form: the filter is in the address and works without script. */
export function ImageFilters({
  filter,
  hosts,
  labels,
}: {
  filter: ImageFilter;
  /** The values to choose from. */
  hosts: string[];
  labels: string[];
}) {
  const { q, view, sort, host, label, age, size } = filter;
  const offered = host === '' || hosts.includes(host) ? hosts : [...hosts, host];
  return (
    <Form action="/images">
      <Toolbar>
        <SearchField label="Search tag, id or label" name="q" defaultValue={q} hotkey />
        <FilterSelect
          name="view"
          label="Show"
          value={view}
          choices={imageViews.map((one) => [one, viewLabels[one]])}
        />
        <FilterSelect
          name="sort"
          label="Sort by"
          value={sort}
          choices={imageSorts.map((one) => [one, sortLabels[one]])}
        />
        <Button type="submit">Filter</Button>
      </Toolbar>
      <details className="mb-3" open={host !== '' || label !== '' || age !== '' || size !== ''}>
        <summary className="w-fit text-sm text-muted hover:text-ink">More filters</summary>
        <div className="mt-2 flex flex-wrap items-center gap-2">
          <FilterSelect
            name="host"
            label="Registry"
            value={host}
            choices={[
              ['', 'Any registry'],
              ...offered.map((one): [string, string] => [
                one,
                one === 'docker.io' ? 'No host (Docker Hub)' : one,
              ]),
            ]}
          />
          <FilterSelect
            name="age"
            label="Age"
            value={age}
            choices={[['', 'Any age'], ...labelled(imageAges)]}
          />
          <FilterSelect
            name="size"
            label="Size"
            value={size}
            choices={[['', 'Any size'], ...labelled(imageSizes)]}
          />
          <Input
            key={label}
            name="label"
            aria-label="Label"
            placeholder="Label or label=value"
            defaultValue={label}
            list="labels-of-images"
            mono
            className="w-56 max-sm:flex-1"
          />
          <datalist id="labels-of-images">
            {labels.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </datalist>
        </div>
      </details>
    </Form>
  );
}
