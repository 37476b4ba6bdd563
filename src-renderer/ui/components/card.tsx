import { type ReactNode, useId } from 'react';

type CardProps = {
  readonly heading: string;
  /** Stands at the right end of the heading's line. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A titled panel: one subject of a screen. */
export function Card({ heading, aside, className = '', children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={`flex min-w-0 flex-col rounded-md border border-line bg-surface ${className}`}
    >
      <div className="flex min-h-10 items-center justify-between gap-3 px-4 pt-1 narrow:flex-wrap narrow:gap-y-1">
        <h2 id={id} className="truncate font-semibold text-muted narrow:whitespace-normal">
          {heading}
        </h2>
        {aside}
      </div>
      <div className="flex min-h-0 flex-1 flex-col px-4 pb-4">{children}</div>
    </section>
  );
}
