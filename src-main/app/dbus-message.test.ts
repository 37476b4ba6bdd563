import { describe, expect, it } from 'vitest';
import { type DbusMessage, decodeMessage, encodeMessage } from './dbus-message';

const BUS = 'org.freedesktop.DBus';
const BUS_PATH = '/org/freedesktop/DBus';
const FROM_BUS = { destination: ':1.0', sender: BUS } as const;

// What the reference implementation's `dbus-send` and `dbus-daemon` (1.14) said to each other.
const SENT: readonly (readonly [string, DbusMessage])[] = [
  [
    '6c01000100000000010000006e00000001016f00150000002f6f72672f667265656465736b746f702f4442757300000006017300140000006f72672e667265656465736b746f702e444275730000000002017300140000006f72672e667265656465736b746f702e4442757300000000030173000500000048656c6c6f000000',
    { type: 'call', serial: 1, destination: BUS, path: BUS_PATH, interface: BUS, member: 'Hello', body: [] },
  ],
  [
    '6c01000122000000020000007f00000001016f00150000002f6f72672f667265656465736b746f702f4442757300000002017300140000006f72672e667265656465736b746f702e4442757300000000030173000c0000004e616d654861734f776e65720000000006017300140000006f72672e667265656465736b746f702e444275730000000008016700017300001d0000006f72672e6b64652e5374617475734e6f7469666965725761746368657200',
    {
      type: 'call',
      serial: 2,
      destination: BUS,
      path: BUS_PATH,
      interface: BUS,
      member: 'NameHasOwner',
      body: ['org.kde.StatusNotifierWatcher'],
    },
  ],
  [
    '6c01000129000000020000008000000001016f00150000002f6f72672f667265656465736b746f702f44427573000000020173001f0000006f72672e667265656465736b746f702e444275732e50726f70657274696573000301730003000000476574000000000006017300140000006f72672e667265656465736b746f702e44427573000000000801670002737300140000006f72672e667265656465736b746f702e444275730000000008000000466561747572657300',
    {
      type: 'call',
      serial: 2,
      destination: BUS,
      path: BUS_PATH,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      body: [BUS, 'Features'],
    },
  ],
];
const HELLO_ANSWERED =
  '6c02010109000000010000003d00000006017300040000003a312e30000000000501750001000000080167000173000007017300140000006f72672e667265656465736b746f702e4442757300000000040000003a312e3000';
const NAME_ACQUIRED =
  '6c04010109000000020000008d00000001016f00150000002f6f72672f667265656465736b746f702f4442757300000002017300140000006f72672e667265656465736b746f702e4442757300000000030173000c0000004e616d6541637175697265640000000006017300040000003a312e3000000000080167000173000007017300140000006f72672e667265656465736b746f702e4442757300000000040000003a312e3000';
const HAS_NO_OWNER =
  '6c02010104000000030000003d00000006017300040000003a312e30000000000501750002000000080167000162000007017300140000006f72672e667265656465736b746f702e444275730000000000000000';
const FEATURES =
  '6c0201013c000000030000003d00000006017300040000003a312e31000000000501750002000000080167000176000007017300140000006f72672e667265656465736b746f702e444275730000000002617300340000001a0000004163746976617461626c6553657276696365734368616e67656400000f00000048656164657246696c746572696e6700';

const decoded = (hex: string) => decodeMessage(Buffer.from(hex, 'hex'))?.message;

describe('a message of the bus', () => {
  it('is understood as the reference implementation sends it', () => {
    for (const [hex, message] of SENT) expect(decoded(hex)).toEqual(message);
    expect(decoded(HELLO_ANSWERED)).toEqual({
      type: 'reply',
      serial: 1,
      replyTo: 1,
      ...FROM_BUS,
      body: [':1.0'],
    });
    expect(decoded(HAS_NO_OWNER)).toEqual({
      type: 'reply',
      serial: 3,
      replyTo: 2,
      ...FROM_BUS,
      body: [false],
    });
  });

  it('is sent byte for byte as the reference implementation sends it, where that puts its fields in order', () => {
    for (const [hex, message] of SENT.slice(1)) expect(encodeMessage(message).toString('hex')).toBe(hex);
  });

  it('comes back as it went, with each type of value', () => {
    const message: DbusMessage = {
      type: 'error',
      serial: 7,
      replyTo: 6,
      error: 'org.example.Error',
      body: ['Привет', '', true, 2 ** 32 - 1, { variant: false }, { variant: 'x' }],
    };
    expect(decodeMessage(encodeMessage(message))?.message).toEqual(message);
  });

  it('is understood where it holds a figure of 64 bits', () => {
    // `dbus-send … uint64:90500 string:x uint64:4294967296`
    const sent =
      '6c01000118000000010000004100000001016f00020000002f61000000000000020173000d0000006f72672e6578616d706c652e410000000301730001000000420000000000000008016700037473740000000000000000846101000000000001000000780000000000000001000000';
    expect(decoded(sent)).toMatchObject({ member: 'B', body: [90_500, 'x', 2 ** 32] });
  });

  it('ends where the next one begins, and is waited for until it is whole', () => {
    const both = Buffer.from(HELLO_ANSWERED + NAME_ACQUIRED, 'hex');
    const first = decodeMessage(both);
    expect(first?.size).toBe(HELLO_ANSWERED.length / 2);
    expect(decodeMessage(both.subarray(first?.size))?.message.member).toBe('NameAcquired');
    for (let length = 0; length < HELLO_ANSWERED.length / 2; length += 1)
      expect(decodeMessage(both.subarray(0, length))).toBeNull();
  });

  it('loses what it holds of other types, and no more', () => {
    expect(decoded(FEATURES)).toMatchObject({ replyTo: 2, body: [] });
  });

  it('is refused where it is none, or larger than any that is asked for', () => {
    expect(() => decoded(`42${HELLO_ANSWERED.slice(2)}`)).toThrow();
    const large = Buffer.from(HELLO_ANSWERED, 'hex');
    large.writeUInt32LE(2 ** 31, 4);
    expect(() => decodeMessage(large)).toThrow();
    const overlong = Buffer.from(HELLO_ANSWERED, 'hex');
    overlong.writeUInt32LE(0xffff, 20);
    expect(() => decodeMessage(overlong)).toThrow();
  });
});
