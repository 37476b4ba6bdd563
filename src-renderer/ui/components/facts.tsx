import type { ReactNode } from 'react';

type FactsProps = {
  /** Two puts the pairs side by side, for wide panels. */
  readonly columns?: 1 | 2;
  readonly children: ReactNode;
};

/** A list of names with their values. */
export function Facts({ columns = 1, children }: FactsProps) {
  const grid = columns === 1 ? 'gap-y-1' : 'grid-cols-2 gap-x-12 gap-y-1 narrow:grid-cols-1';
  return <dl className={`grid ${grid}`}>{children}</dl>;
}

type FactProps = {
  readonly name: string;
  /** The value may be long: it takes several lines where room is short. Else the name does. */
  readonly long?: boolean;
  readonly children: ReactNode;
};

/** One pair of `Facts`. */
export function Fact({ name, long = false, children }: FactProps) {
  const [nameFits, valueFits] = long ? ['shrink-0', 'min-w-0'] : ['min-w-0', 'max-w-full shrink-0'];
  return (
    <div className="flex min-w-0 items-center justify-between gap-3 narrow:flex-wrap narrow:gap-y-0">
      <dt className={`${nameFits} text-muted`}>{name}</dt>
      <dd className={`${valueFits} break-words text-right`}>{children}</dd>
    </div>
  );
}
