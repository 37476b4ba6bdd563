import { useEffect, useId, useRef, useState } from 'react';

type RangeFieldProps = {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value as people read it, with its unit. */
  readonly textOf: (value: number) => string;
  readonly help: string;
  readonly testId: string;
  /** Applies a value; false where that failed. Called when the thumb is let go and on each key, not while dragging. */
  readonly onChoose: (value: number) => Promise<boolean>;
};

/** A labelled slider. */
export function RangeField(props: RangeFieldProps) {
  const { label, value, min, max, step, textOf, help, testId, onChoose } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // Where the thumb stands while `value` is another: dragged, or chosen and not yet heard back.
  const [draft, setDraft] = useState<number | null>(null);
  const shown = draft ?? value;
  useEffect(() => {
    if (draft === value) setDraft(null);
  }, [draft, value]);
  useEffect(() => {
    const element = input.current;
    if (element === null) return;
    // React's onChange is the `input` event, which comes for every pixel; `change` comes when the thumb is let go.
    const choose = async () => {
      if (!(await onChoose(element.valueAsNumber))) setDraft(null);
    };
    const listen = () => void choose();
    element.addEventListener('change', listen);
    return () => element.removeEventListener('change', listen);
  }, [onChoose]);

  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <output htmlFor={id} className="font-medium">
          {textOf(shown)}
        </output>
      </div>
      <input
        ref={input}
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={shown}
        data-testid={testId}
        aria-valuetext={textOf(shown)}
        aria-describedby={`${id}-help`}
        onChange={(event) => setDraft(event.target.valueAsNumber)}
        className="h-5 w-full accent-accent"
      />
      <p id={`${id}-help`} className="text-xs text-muted">
        {help}
      </p>
    </div>
  );
}
