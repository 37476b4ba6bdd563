import { FileKey } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from './button';

type ChosenFileProps = {
  readonly label: string;
  readonly testId: string;
  /** Kinds of files that are offered first. */
  readonly accept: string;
  /** Given the beginning of the file, of at most `longest` characters. */
  readonly onText: (text: string) => void;
  readonly longest: number;
};

/** Reads a small text file that the person chooses, and shows its name. */
export function ChosenFile({ label, testId, accept, onText, longest }: ChosenFileProps) {
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState<string | null>(null);
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    setName(file.name);
    // Whatever else a person chose is nothing that is wanted; its beginning is enough to be told so.
    onText((await file.slice(0, longest).text()).slice(0, longest));
  };
  return (
    <div className="flex min-w-0 items-center gap-3">
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        data-testid={`${testId}-file`}
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
      <Button icon={FileKey} data-testid={`${testId}-choose`} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <p role="status" className="min-w-0 truncate text-muted">
        {name}
      </p>
    </div>
  );
}
