import './styles/app.css';

// A window that is hidden, as on Wayland before it is shown, may draw no frame.
const FRAME_WITHIN_MS = 250;

// The window is there with its first frame: reading and running all the code takes several times as long, and comes after.
let begun = false;
const begin = () => {
  if (begun) return;
  begun = true;
  void import('./main');
};
new PerformanceObserver(begin).observe({ type: 'paint', buffered: true });
setTimeout(begin, FRAME_WITHIN_MS);
