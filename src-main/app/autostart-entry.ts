/**
 * A desktop entry that starts a command when its user logs in (freedesktop.org, "Desktop Application Autostart
 * Specification" and "Desktop Entry Specification").
 * @param command the program and its arguments
 */
export function autostartEntry(command: readonly string[]): string {
  return `${[
    '[Desktop Entry]',
    'Type=Application',
    'Name=ComputeChain Miner',
    'Comment=Computes ComputeChain tasks and proves each result',
    'Comment[ru]=Вычисляет задачи ComputeChain и доказывает каждый результат',
    `Exec=${command.map(argument).join(' ')}`,
    'Icon=computechain-miner',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ].join('\n')}\n`;
}

/** Whether an entry is one that a person switched off, by their desktop's own settings. */
export function isSwitchedOff(entry: string): boolean {
  return /^(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(entry);
}

/** Quoted as the specification's "The Exec key" asks for; its backslashes are those of a string value, so twice. */
function argument(text: string): string {
  return `"${text
    .replace(/["`$\\]/g, '\\$&')
    .replace(/\\/g, '\\\\')
    .replace(/%/g, '%%')}"`;
}
