import type { ReactNode } from 'react';

type FactsProps = {
  /** Two puts the pairs side by side, for wide panels. */
  readonly columns?: 1 | 2;
  readonly children: ReactNode;
};

/** A list of names with their values. */
export function Facts({ columns = 1, children }: FactsProps) {
  const grid = columns === 1 ? 'gap-y-1' : 'grid-cols-2 gap-x-12 gap-y-1';
  return <dl className={`grid ${grid}`}>{children}</dl>;
}

/** One pair of `Facts`; where room is short the name gives way, never the value. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-center justify-between gap-3">
      <dt title={name} className="truncate text-muted">
        {name}
      </dt>
      <dd className="max-w-full shrink-0 truncate text-right">{children}</dd>
    </div>
  );
}
