import { describe, expect, it } from 'vitest';
import { int32Bytes, readU32le, sameBytes, u32le } from './bytes';

describe('numbers as bytes', () => {
  it('have the least significant byte first', () => {
    expect([...u32le(0x01020384)]).toEqual([0x84, 3, 2, 1]);
    expect([...int32Bytes(Int32Array.of(-2, 258))]).toEqual([0xfe, 0xff, 0xff, 0xff, 2, 1, 0, 0]);
  });

  it('are read and written in the midst of others', () => {
    const within = Uint8Array.of(9, 9, 0x84, 3, 2, 1, 9).subarray(1);
    expect(readU32le(within, 1)).toBe(0x01020384);
    const values = Int32Array.of(7, 8, 9);
    expect([...int32Bytes(values.subarray(1, 2))]).toEqual([8, 0, 0, 0]);
  });
});

describe('two arrays of bytes', () => {
  it('are the same where each byte is, and neither is longer', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(sameBytes(bytes, Uint8Array.of(1, 2, 3))).toBe(true);
    expect(sameBytes(bytes, Uint8Array.of(1, 2, 4))).toBe(false);
    expect(sameBytes(bytes, Uint8Array.of(0, 2, 3))).toBe(false);
    expect(sameBytes(bytes, Uint8Array.of(1, 2))).toBe(false);
    expect(sameBytes(bytes, Uint8Array.of(1, 2, 3, 4))).toBe(false);
    expect(sameBytes(new Uint8Array(0), new Uint8Array(0))).toBe(true);
  });
});
