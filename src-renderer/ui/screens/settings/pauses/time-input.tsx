type TimeInputProps = {
  readonly label: string;
  /** After midnight. */
  readonly minute: number;
  readonly testId: string;
  readonly onChange: (minute: number) => void;
};

/** A time of day, told once it is whole. */
export function TimeInput({ label, minute, testId, onChange }: TimeInputProps) {
  return (
    <input
      type="time"
      required
      aria-label={label}
      value={timeOf(minute)}
      data-testid={testId}
      onChange={(event) => {
        const minutes = minutesIn(event.target.value);
        if (minutes !== null) onChange(minutes);
      }}
      className="h-7 rounded border border-control-line bg-surface px-2"
    />
  );
}

/** As HTML writes it: `06:30`. */
function timeOf(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

function minutesIn(time: string): number | null {
  const [hour, minute] = time.split(':').map(Number);
  return hour === undefined || minute === undefined || Number.isNaN(hour) ? null : hour * 60 + minute;
}
