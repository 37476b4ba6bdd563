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

type FactProps = {
  readonly name: string;
  /** The value gives way where room is short, with `title` on hover; else the name does. */
  readonly title?: string;
  readonly children: ReactNode;
};

/** One pair of `Facts`. */
export function Fact({ name, title, children }: FactProps) {
  const [nameFits, valueFits] =
    title === undefined ? ['truncate', 'max-w-full shrink-0'] : ['shrink-0', 'min-w-0'];
  return (
    <div className="flex min-w-0 items-center justify-between gap-3">
      <dt title={name} className={`${nameFits} text-muted`}>
        {name}
      </dt>
      <dd title={title} className={`${valueFits} truncate text-right`}>
        {children}
      </dd>
    </div>
  );
}
