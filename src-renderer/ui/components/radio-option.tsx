type RadioOptionProps = {
  /** The same for all options of one choice. */
  readonly group: string;
  readonly checked: boolean;
  readonly testId: string;
  readonly name: string;
  readonly help: string;
  readonly onChoose: () => void;
};

/** One option of a few, with a sentence of its own; stands in a `fieldset` with the others. */
export function RadioOption({ group, checked, testId, name, help, onChoose }: RadioOptionProps) {
  return (
    <label className="flex items-start gap-2">
      <input
        type="radio"
        name={group}
        checked={checked}
        data-testid={testId}
        onChange={onChoose}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span className="flex min-w-0 flex-col">
        <span className="font-medium">{name}</span>
        <span className="text-muted">{help}</span>
      </span>
    </label>
  );
}
