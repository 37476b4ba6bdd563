import { type ReactNode, useLayoutEffect, useRef } from 'react';

type KeptFocusProps = {
  readonly className?: string;
  readonly children: ReactNode;
};

/**
 * Where one control takes another's place: the focus of one that goes away is given to the first that is there then,
 * so that the keyboard stays where it was.
 */
export function KeptFocus({ className, children }: KeptFocusProps) {
  const area = useRef<HTMLDivElement>(null);
  const last = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (last.current === null || last.current.isConnected) return;
    last.current = null;
    if (document.activeElement === document.body)
      area.current?.querySelector<HTMLElement>('button:not(:disabled), input:not(:disabled)')?.focus();
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only follows the focus of what is in it
    <div
      ref={area}
      className={className}
      onFocus={({ target }) => {
        last.current = target;
      }}
      onBlur={({ relatedTarget }) => {
        // Null where the control goes away, or the window is left.
        if (relatedTarget !== null) last.current = null;
      }}
    >
      {children}
    </div>
  );
}
