/** One line to a person; on stderr, so that stdout stays clean for `--json`. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends the program with a sentence that says what to do. */
export function fail(line) {
  say(`✗ ${line}`);
  process.exit(1);
}
