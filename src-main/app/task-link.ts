// As `cpcminer://task/0f8fad5b-d9cb-469f-a165-70867728950e`; a desktop may add a slash.
const LINK = /^cpcminer:\/\/task\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/i;

/** The task that a link among arguments is to, as a browser or a receipt opens one; null for none. */
export function linkedTask(args: readonly string[]): string | null {
  for (const argument of args) {
    const [, taskId] = LINK.exec(argument) ?? [];
    if (taskId !== undefined) return taskId.toLowerCase();
  }
  return null;
}
