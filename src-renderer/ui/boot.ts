import './styles/app.css';

// A window that is hidden, as on Wayland before it is shown, may draw no frame.
const FRAME_WITHIN_MS = 100;

// The window is there with its first frame: reading and running all the code takes several times as long, and comes after.
const begin = () => import('./main');
requestAnimationFrame(() => setTimeout(begin));
setTimeout(begin, FRAME_WITHIN_MS);
