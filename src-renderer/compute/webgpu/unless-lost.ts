/** What a trial on an adapter gives, or null where it fails by itself. @throws what it throws once the adapter is lost */
export async function unlessLost<T>(work: () => Promise<T>, isLost: () => boolean): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (isLost()) throw error;
    return null;
  }
}
