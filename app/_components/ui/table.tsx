/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   not redundant: with `display: block`, which stacks the rows on a phone, the elements lose their implicit roles */
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface Column<Row> {
  key: string;
  /** Also the label of the cell in a stacked row. */
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: 'start' | 'end';
  /** The row's main cell, first and without a label when stacked. At most one column. */
  main?: boolean;
  /** Takes the remaining width; the others fit their content. */
  grow?: boolean;
  /** Hidden below the given width. */
  from?: 'md' | 'lg';
  /** Buttons: no visible header, aligned to the end. */
  actions?: boolean;
}

interface TableProps<Row> {
  /** Accessible name of the table. */
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Highlights a row, for example the selected one. */
  rowClass?: (row: Row) => string | undefined;
}

/** Allows the content to be shortened: a column that does not grow has no width to shorten by. */
export const wholeInTable = 'sm:max-w-none';

/** In a stacked row, the main cell and the buttons have the first line alone. */
const stackedBreak = "max-sm:before:-order-1 max-sm:before:basis-full max-sm:before:content-['']";

const from = { md: 'max-md:hidden', lg: 'max-lg:hidden' };

/** A table whose rows are stacked on a phone. Put the link to a row's page in its main cell. */
export function Table<Row>({ caption, columns, rows, rowKey, rowClass }: TableProps<Row>) {
  return (
    <table role="table" className="-mx-2 w-[calc(100%+1rem)] border-collapse text-left max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="max-sm:sr-only">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              className={clsx(
                'border-b border-line px-3 py-2 text-xs font-medium whitespace-nowrap text-faint first:pl-2 last:pr-2',
                column.align === 'end' && 'text-right',
                column.grow && 'w-full',
                column.from && from[column.from],
              )}
            >
              {column.actions ? <span className="sr-only">{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            role="row"
            className={clsx(
              'border-b border-line last:border-b-0 hover:bg-hover max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-4 max-sm:gap-y-1 max-sm:px-2 max-sm:py-2.5',
              stackedBreak,
              rowClass?.(row),
            )}
          >
            {columns.map((column) => (
              <Cell key={column.key} column={column}>
                {column.cell(row)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, children }: { column: Column<Row>; children: ReactNode }) {
  const classes = clsx(
    'min-w-0 font-normal sm:px-3 sm:py-2 sm:align-middle sm:first:pl-2 sm:last:pr-2',
    column.align === 'end' && 'tabular-nums sm:text-right sm:whitespace-nowrap',
    column.main && 'max-sm:order-first max-sm:min-w-[50%] max-sm:grow max-sm:basis-0',
    column.actions && 'sm:text-right sm:whitespace-nowrap max-sm:order-first max-sm:ml-auto',
    column.grow && 'sm:max-w-0',
    column.from && from[column.from],
  );
  if (column.main) {
    return (
      <th role="rowheader" scope="row" className={clsx(classes, 'text-left')}>
        {children}
      </th>
    );
  }
  return (
    <td role="cell" className={classes}>
      {column.actions ? null : (
        <span aria-hidden className="mr-1.5 text-xs text-faint sm:hidden">
          {column.header}
        </span>
      )}
      {children}
    </td>
  );
}
