import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/app/_components/ui/button';
import { IconButton } from '@/app/_components/ui/icon-button';

/** Rows of inputs with buttons to add and remove rows. */
export function RowList<Row>({
  rows,
  onChange,
  empty,
  addLabel,
  removeLabel,
  errorAt,
  children,
}: {
  rows: Row[];
  onChange: (rows: Row[]) => void;
  /** A new row. */
  empty: Row;
  addLabel: string;
  removeLabel: (row: Row, index: number) => string;
  errorAt: (index: number) => string | undefined;
  children: (row: Row, index: number, change: (row: Row) => void, invalid: true | undefined) => ReactNode;
}) {
  return (
    <div className="flex flex-col items-start gap-2">
      {rows.map((row, index) => {
        const error = errorAt(index);
        return (
          <div key={index} className="w-full">
            <div className="flex items-start gap-2">
              <div className="min-w-0 flex-1">
                {children(row, index, (next) => onChange(rows.with(index, next)), error ? true : undefined)}
              </div>
              <IconButton
                label={removeLabel(row, index)}
                icon={<X />}
                className="mt-0.5"
                onClick={() => onChange(rows.toSpliced(index, 1))}
              />
            </div>
            {error ? (
              <p role="alert" className="mt-0.5 flex gap-1.5 text-sm text-failed-ink">
                <span aria-hidden>✕</span>
                {error}
              </p>
            ) : null}
          </div>
        );
      })}
      <Button size="small" icon={<Plus aria-hidden />} onClick={() => onChange([...rows, empty])}>
        {addLabel}
      </Button>
    </div>
  );
}
