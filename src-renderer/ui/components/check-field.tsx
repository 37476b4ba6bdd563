import { useId } from 'react';

type CheckFieldProps = {
  readonly label: string;
  readonly help?: string;
  readonly checked: boolean;
  readonly testId: string;
  readonly onChange: (checked: boolean) => void;
};

/** Something that is on or off, with its help, if any, beneath. */
export function CheckField({ label, help, checked, testId, onChange }: CheckFieldProps) {
  const id = useId();
  return (
    <div>
      <label className="flex items-center gap-2 font-medium">
        <input
          type="checkbox"
          checked={checked}
          data-testid={testId}
          aria-describedby={help === undefined ? undefined : id}
          onChange={(event) => onChange(event.target.checked)}
          className="size-4 shrink-0 accent-accent"
        />
        {label}
      </label>
      {help !== undefined && (
        <p id={id} className="mt-1 text-xs text-muted">
          {help}
        </p>
      )}
    </div>
  );
}
