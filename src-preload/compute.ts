import { ipcRenderer } from 'electron';
import { COMPUTE_PORT } from '../src-shared/ipc/compute-port';

// The page gets no API, only the port: a port can't pass through the context bridge, a message of the window can.
ipcRenderer.on(COMPUTE_PORT, ({ ports }) => {
  window.postMessage(COMPUTE_PORT, window.location.origin, ports);
});
