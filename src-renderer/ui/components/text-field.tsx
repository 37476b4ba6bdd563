import { type ComponentProps, type ReactNode, useId } from 'react';

type TextFieldProps = Omit<ComponentProps<'input'>, 'id'> & {
  readonly label: string;
  readonly help?: string;
  /** Why the value is refused; makes the field invalid. */
  readonly problem?: ReactNode;
  /** Stands at the right of the input. */
  readonly action?: ReactNode;
};

/** A labelled one-line input with its help and its error beneath. */
export function TextField({ label, help, problem, action, className = '', ...input }: TextFieldProps) {
  const id = useId();
  const invalid = problem !== undefined && problem !== null;
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex gap-2 narrow:flex-wrap">
        <input
          id={id}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={invalid}
          aria-describedby={`${id}-help ${id}-problem`}
          className={`h-8 min-w-0 flex-1 rounded narrow:basis-40 border bg-surface px-2 disabled:bg-raised ${
            invalid ? 'border-danger' : 'border-control-line'
          } ${className}`}
          {...input}
        />
        {action}
      </div>
      <p id={`${id}-help`} className="text-xs text-muted empty:hidden">
        {help}
      </p>
      <div id={`${id}-problem`} className="text-xs text-danger empty:hidden">
        {problem}
      </div>
    </div>
  );
}
