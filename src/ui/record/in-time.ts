const WAIT_MS = 5000;

/** Rejects when the browser's database says nothing: some browsers' do, when their files are damaged. */
export function inTime<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error('the browser’s database does not answer'));
    const timer = setTimeout(late, WAIT_MS);
    void promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
