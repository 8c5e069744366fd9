export const tabListClasses = 'border-line mb-4 flex gap-1 overflow-x-auto border-b';

export const tabClasses =
  'text-muted hover:text-ink data-current:border-accent data-current:text-ink -mb-px inline-flex h-9 shrink-0 items-center gap-1.5 ' +
  'border-b-2 border-transparent px-2.5 font-medium -outline-offset-2 pointer-coarse:h-11';
