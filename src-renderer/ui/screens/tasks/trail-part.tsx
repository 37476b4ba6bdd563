import type { ReactNode } from 'react';

type TrailPartProps = { readonly heading: string; readonly children: ReactNode };

/** One titled part of a trail. */
export function TrailPart({ heading, children }: TrailPartProps) {
  return (
    <section className="border-t border-line pt-4">
      <h3 className="mb-2 font-semibold text-muted">{heading}</h3>
      {children}
    </section>
  );
}
