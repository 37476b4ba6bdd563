import type { ReactNode } from 'react';

type ScreenProps = {
  readonly heading: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of a section: its heading and a body that scrolls by itself. */
export function Screen({ heading, aside, children }: ScreenProps) {
  return (
    <div className="flex min-h-0 flex-1 flex-col narrow:min-h-fit narrow:flex-none">
      <div className="flex h-12 shrink-0 items-center justify-between gap-4 px-5 narrow:h-auto narrow:flex-wrap narrow:gap-y-1 narrow:py-2">
        <h1 className="text-base font-semibold">{heading}</h1>
        {aside}
      </div>
      {children}
    </div>
  );
}
