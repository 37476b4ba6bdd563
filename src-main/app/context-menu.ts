import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

const TEXTS = {
  en: { cut: 'Cut', copy: 'Copy', paste: 'Paste', selectAll: 'Select all' },
  ru: { cut: 'Вырезать', copy: 'Копировать', paste: 'Вставить', selectAll: 'Выделить всё' },
} as const;

type Clicked = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>;

/** What a right click offers: what can be done with the text there. Empty where there is none. */
export function contextMenu(
  { isEditable, selectionText, editFlags }: Clicked,
  locale: 'en' | 'ru',
): MenuItemConstructorOptions[] {
  const texts = TEXTS[locale];
  const copy = { role: 'copy', label: texts.copy, enabled: editFlags.canCopy } as const;
  const selectAll = { role: 'selectAll', label: texts.selectAll, enabled: editFlags.canSelectAll } as const;
  if (!isEditable) return [...(selectionText.trim() === '' ? [] : [copy]), selectAll];
  return [
    { role: 'cut', label: texts.cut, enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: texts.paste, enabled: editFlags.canPaste },
    { type: 'separator' },
    selectAll,
  ];
}
