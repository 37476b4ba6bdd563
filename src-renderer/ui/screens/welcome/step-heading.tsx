import { type ReactNode, useEffect, useRef } from 'react';

/** The heading of a step of the first run. It takes the focus, so that a screen reader goes on from there. */
export function StepHeading({ children }: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold outline-none">
      {children}
    </h1>
  );
}
