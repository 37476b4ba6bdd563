/** The app's sign: four cells of a matrix, one of them proved. The same as its icon, in the accent colour. */
export function AppMark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="size-7 shrink-0 text-accent">
      <rect x="2" y="2" width="9" height="9" rx="2" fill="currentColor" />
      <rect x="13" y="2" width="9" height="9" rx="2" fill="currentColor" opacity="0.55" />
      <rect x="2" y="13" width="9" height="9" rx="2" fill="currentColor" opacity="0.55" />
      <path
        d="M14 17.8l2.6 2.6 5-5.4"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
