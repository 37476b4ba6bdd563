import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';

/** Where Linux distributions keep what the system trusts, one file each (Debian, Fedora, SUSE, Alpine and Arch). */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
// The largest bundle in use has half a megabyte.
const MOST_CHARACTERS = 16 * 1024 * 1024;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

let context: tls.SecureContext | null = null;

/** The authorities that the runtime brings and those that the system, or its administrator, trusts besides. */
export const trustedContext = {
  get(): tls.SecureContext {
    context ??= tls.createSecureContext({ ca: [...new Set([...tls.rootCertificates, ...ofTheSystem()])] });
    return context;
  },
  /** Reads them anew at the next `get`. */
  forget(): void {
    context = null;
  },
};

/** Since Node 22.15 the runtime reads the system's store itself; before, Linux has it in a file. */
type Runtime = { readonly getCACertificates?: (type: 'system') => readonly string[] };

function ofTheSystem(): string[] {
  const read = (tls as Runtime).getCACertificates?.('system') ?? [];
  const files = [process.env.SSL_CERT_FILE, process.env.NODE_EXTRA_CA_CERTS, ...BUNDLES];
  return [...read, ...files.flatMap((file) => (file === undefined ? [] : certificatesIn(file)))];
}

/** The certificates of a file; none where it can't be read, and without those in it that are spoilt. */
function certificatesIn(file: string): string[] {
  try {
    const text = readFileSync(file, 'utf8').slice(0, MOST_CHARACTERS);
    return (text.match(CERTIFICATE) ?? []).filter(isCertificate);
  } catch {
    return [];
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}
