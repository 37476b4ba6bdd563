/**
 * Every fuse that an Electron has, in the order of its wire, and how it is in a package: by this table they are set, and
 * by it they are read again from what was made, where a fuse that is missing here is an error.
 *
 * What a packaged app does not need is off for good: the executable is no Node, takes no debugger and no code but its
 * own. Cookies there are none, and to encrypt them would ask the keychain at each start. The archive's hash is checked
 * where Electron can do it. The last is left as Electron has it (`asBuilt`): what sets fuses here does not know it yet.
 * @param {NodeJS.Platform} platform
 * @returns {readonly {readonly name: string, readonly on: boolean, readonly asBuilt?: true}[]}
 */
export function fusesFor(platform) {
  return [
    { name: 'runAsNode', on: false },
    { name: 'enableCookieEncryption', on: false },
    { name: 'enableNodeOptionsEnvironmentVariable', on: false },
    { name: 'enableNodeCliInspectArguments', on: false },
    { name: 'enableEmbeddedAsarIntegrityValidation', on: platform !== 'linux' },
    { name: 'onlyLoadAppFromAsar', on: true },
    { name: 'loadBrowserProcessSpecificV8Snapshot', on: false },
    { name: 'grantFileProtocolExtraPrivileges', on: false },
    { name: 'wasmTrapHandlers', on: true, asBuilt: true },
  ];
}
