// The least that is an app with a window: what ours is measured against.
import { app, BrowserWindow } from 'electron';

const PAGE = 'data:text/html,<!doctype html><title>Empty</title><p>Empty</p>';

// Electron is ready only once this module has been run.
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1200, height: 800, show: false });
  window.once('ready-to-show', () => window.show());
  return window.loadURL(PAGE);
});
