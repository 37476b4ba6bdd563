import { describe, expect, it } from 'vitest';
import { contextMenu } from './context-menu';

const EDIT_FLAGS = {
  canUndo: false,
  canRedo: false,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canDelete: false,
  canSelectAll: true,
  canEditRichly: false,
};
const labels = (isEditable: boolean, selectionText: string, locale: 'en' | 'ru' = 'en') =>
  contextMenu({ isEditable, selectionText, editFlags: EDIT_FLAGS }, locale).flatMap(
    ({ label }) => label ?? [],
  );

describe('a right click', () => {
  it('on a field offers to cut, copy, paste and select all', () => {
    expect(labels(true, '')).toEqual(['Cut', 'Copy', 'Paste', 'Select all']);
    expect(labels(true, '', 'ru')).toEqual(['Вырезать', 'Копировать', 'Вставить', 'Выделить всё']);
  });

  it('on selected text offers to copy it', () => {
    expect(labels(false, '0xabc')).toEqual(['Copy', 'Select all']);
  });

  it('elsewhere offers to select all', () => {
    expect(labels(false, ' ')).toEqual(['Select all']);
  });

  it('leaves grey what can not be done there', () => {
    const menu = contextMenu(
      { isEditable: true, selectionText: '', editFlags: { ...EDIT_FLAGS, canCut: false, canPaste: false } },
      'en',
    );
    expect(menu.filter(({ enabled }) => enabled === false).map(({ role }) => role)).toEqual(['cut', 'paste']);
  });
});
