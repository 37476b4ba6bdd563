type ChoiceBarProps<T extends string> = {
  /** What is chosen, for screen readers. */
  readonly legend: string;
  /** Tells its radio buttons from others of the page, and its labels' test ids. */
  readonly name: string;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
};

/** One of a few words in a row: radio buttons that look like one control. */
export function ChoiceBar<T extends string>({ legend, name, choices, value, onChoose }: ChoiceBarProps<T>) {
  return (
    <fieldset className="flex max-w-full shrink-0 overflow-hidden rounded border narrow:flex-wrap border-control-line">
      <legend className="sr-only">{legend}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          data-testid={`${name}-${choice.value}`}
          className="flex h-7 cursor-pointer items-center border-r border-control-line px-2.5 whitespace-nowrap last:border-r-0 hover:bg-raised has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:bg-raised has-focus-visible:underline"
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={value === choice.value}
            onChange={() => onChoose(choice.value)}
            className="sr-only"
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
