import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { KeychainVault, loadKeychain, mapKeychainError } from './keychain-vault';

const KEY = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
const clock = new VirtualClock();
/** A keychain that keeps nothing, without a word. */
const NONE = {
  getPassword: async (): Promise<string | null> => null,
  setPassword: async () => undefined,
  deletePassword: async () => false,
};
const account = `cpc1test${process.pid}`;

// The test run brings a message bus with an unlocked gnome-keyring; this talks to the real thing.
describe('the keychain vault', () => {
  it('keeps a key in the system keychain and finds it again', async () => {
    const vault = new KeychainVault(await loadKeychain(), clock);
    expect(await vault.read(account)).toBeNull();
    await vault.write(account, KEY);
    expect(await new KeychainVault(await loadKeychain(), clock).read(account)).toEqual(KEY);
  });

  it('keeps a secret text under its name, and lets go of it', async () => {
    const vault = new KeychainVault(await loadKeychain(), clock);
    const name = `token of ws://${account}:8080/worker`;
    expect(await vault.readText(name)).toBeNull();
    await vault.writeText(name, 'first');
    await vault.writeText(name, 'second');
    expect(await new KeychainVault(await loadKeychain(), clock).readText(name)).toBe('second');
    await vault.forgetText(name);
    expect(await vault.readText(name)).toBeNull();
    await vault.forgetText(name);
  });

  it('says so when an entry is not a key', async () => {
    const keychain = { ...NONE, getPassword: async () => 'not a key' };
    await expect(new KeychainVault(keychain, clock).read('x')).rejects.toMatchObject({
      code: 'vault_corrupt',
    });
  });

  it('does not count a key as kept that the keychain does not give back', async () => {
    await expect(new KeychainVault(NONE, clock).write('x', KEY)).rejects.toMatchObject({
      code: 'keychain_failed',
    });
  });

  it('says that it is locked where it waits for a password without a word', async () => {
    const keychain = { ...NONE, getPassword: () => new Promise<null>(() => undefined) };
    const vault = new KeychainVault(keychain, clock, 30_000);
    const answer = vault.read('x').catch(({ code }) => code);
    await clock.advance(29_999);
    expect(clock.waiting).toBe(1);
    await clock.advance(1);
    expect(await answer).toBe('keychain_locked');
    expect(vault.waiting).toBe(true);
  });

  it.each([
    ['Unknown or unsupported transport “disabled” for address “disabled:”', 'keychain_unavailable'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'keychain_unavailable'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'keychain_unavailable'],
    ['Cannot create an item in a locked collection', 'keychain_locked'],
    ['The prompt was dismissed', 'keychain_locked'],
    ['Something else', 'keychain_failed'],
  ])('maps "%s" to %s', (text, code) => {
    expect(mapKeychainError(new Error(text))).toMatchObject({ code });
  });
});
