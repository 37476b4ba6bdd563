import type { ReactNode } from 'react';

type EmptyStateProps = {
  readonly title: string;
  /** What to do so that something appears here. */
  readonly hint: string;
  readonly children?: ReactNode;
};

/** Stands where a list has nothing to show. */
export function EmptyState({ title, hint, children }: EmptyStateProps) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-1 p-6 text-center">
      <p className="font-medium">{title}</p>
      <p className="max-w-md text-muted">{hint}</p>
      {children}
    </div>
  );
}
