/** The one message that main sends the compute page: it brings the port over which everything else goes. */
export const COMPUTE_PORT = 'compute:port';
