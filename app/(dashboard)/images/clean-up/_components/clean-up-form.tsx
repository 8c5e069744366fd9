import Form from 'next/form';
import { Button } from '@/app/_components/ui/button';
import { Input } from '@/app/_components/ui/input';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { Toolbar } from '@/app/_components/ui/toolbar';
import { pruneAges, pruneChoices, type PruneFilter } from '@/lib/images/removal/schema';
import { imageAges } from '@/lib/images/schema';

/** A GET form, so that the preview has an address. */
export function CleanUpForm({ filter: { which, age, keep } }: { filter: PruneFilter }) {
  return (
    <Form action="/images/clean-up" key={`${which}|${age}|${keep}`}>
      <Toolbar>
        <NativeSelect
          name="which"
          aria-label="Images to remove"
          defaultValue={which}
          className="w-auto max-sm:flex-1"
        >
          {Object.entries(pruneChoices).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect name="age" aria-label="Age" defaultValue={age} className="w-auto max-sm:flex-1">
          {pruneAges.map((value) => (
            <option key={value} value={value}>
              {value === '' ? 'Any age' : imageAges[value].label}
            </option>
          ))}
        </NativeSelect>
        <Input
          name="keep"
          aria-label="Keep images with label"
          placeholder="Keep images with label…"
          defaultValue={keep}
          mono
          className="w-64 max-sm:w-full"
        />
        <Button type="submit">Preview</Button>
      </Toolbar>
    </Form>
  );
}
