import { describe, expect, it } from 'vitest';
import { MOST_APPS, plainAppName, plainAppNames } from './app-names';

describe('the name of an app', () => {
  it.each([
    ['Blender.exe', 'blender'],
    ['  C:\\Program Files\\Steam\\steam.exe ', 'steam'],
    ['/usr/bin/vlc', 'vlc'],
    ['/Applications/Final Cut Pro.app/', 'final cut pro'],
    ['Cafe\u0301', 'café'],
    ['x'.repeat(100), 'x'.repeat(64)],
    ['/', ''],
    ['.exe', ''],
  ])('%s is plain', (text, name) => expect(plainAppName(text)).toBe(name));

  it('is of a list once, and the list has an end', () => {
    expect(plainAppNames(['VLC', 'vlc.exe', ' '])).toEqual(['vlc']);
    expect(plainAppNames(Array.from({ length: 80 }, (_, n) => `app ${n}`))).toHaveLength(MOST_APPS);
  });
});
