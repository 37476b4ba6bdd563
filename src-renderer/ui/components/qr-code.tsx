import { useMemo } from 'react';
import { encode } from 'uqr';

// Light modules around it that readers need (ISO/IEC 18004, "Quiet zone").
const QUIET_ZONE = 4;

type QrCodeProps = { readonly text: string; readonly label: string };

/** A text as a QR code: dark on white in either theme, as readers want it. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = useMemo(() => {
    const { size, data } = encode(text, { ecc: 'M', border: QUIET_ZONE });
    const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size, path: dark.join('') };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      data-testid="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-36 shrink-0 rounded border border-line bg-white"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
