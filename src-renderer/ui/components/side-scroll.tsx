import type { ReactNode } from 'react';

/** Lets a table scroll sideways by itself where room is short, so that the page never does. */
export function SideScroll({
  className = '',
  children,
}: {
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return <div className={`narrow:overflow-x-auto ${className}`}>{children}</div>;
}
