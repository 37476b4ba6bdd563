import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, MouseEvent } from 'react';

const VARIANTS = {
  primary: 'px-3 border-accent bg-accent text-on-accent hover:opacity-90',
  secondary: 'px-3 border-control-line bg-surface text-text hover:bg-raised',
  /** Leads elsewhere, or takes back; looks like a link, as nothing else tells it from words. */
  link: 'px-1 border-transparent bg-transparent text-accent underline underline-offset-2 hover:bg-raised',
} as const;

type ButtonProps = ComponentProps<'button'> & {
  readonly variant?: keyof typeof VARIANTS;
  readonly icon?: LucideIcon;
  /** Shows a turning mark in place of the icon and refuses clicks, but keeps the focus: `disabled` would lose it. */
  readonly busy?: boolean;
};

/** A push button with an optional icon before its words. */
export function Button(props: ButtonProps) {
  const {
    variant = 'secondary',
    icon: Icon,
    busy = false,
    className = '',
    children,
    onClick,
    ...rest
  } = props;
  return (
    <button
      type="button"
      aria-busy={busy}
      aria-disabled={busy || undefined}
      onClick={busy ? refuse : onClick}
      className={`inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded border font-medium whitespace-nowrap not-available:cursor-default not-available:border-line not-available:bg-raised not-available:text-muted not-available:hover:opacity-100 ${VARIANTS[variant]} ${className}`}
      {...rest}
    >
      {busy ? <Spinner /> : Icon !== undefined && <Icon size={15} aria-hidden />}
      {children}
    </button>
  );
}

/** Neither obeys nor sends the form. */
function refuse(event: MouseEvent): void {
  event.preventDefault();
}

function Spinner() {
  return (
    <span
      aria-hidden
      className="size-3.5 animate-spin rounded-full border-2 border-current border-t-transparent"
    />
  );
}
