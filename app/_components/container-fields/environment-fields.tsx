import { type Pair, PairRow } from '@/app/_components/build-options-form/pair-row';
import { RowList } from '@/app/_components/build-options-form/row-list';
import { FieldGroup } from '@/app/_components/ui/field';

/** The environment variables of a new container. */
export function EnvironmentFields({
  rows,
  onChange,
  errorAt,
  hint,
}: {
  rows: Pair[];
  onChange: (rows: Pair[]) => void;
  errorAt: (index: number) => string | undefined;
  hint?: string;
}) {
  return (
    <FieldGroup legend="Environment" hint={hint}>
      <RowList
        rows={rows}
        onChange={onChange}
        empty={{ name: '', value: '' }}
        addLabel="Add variable"
        removeLabel={({ name }, index) => `Remove variable ${name || index + 1}`}
        errorAt={errorAt}
      >
        {(pair, _index, change, invalid) => (
          <PairRow what="Variable" pair={pair} onChange={change} invalid={invalid} />
        )}
      </RowList>
    </FieldGroup>
  );
}
