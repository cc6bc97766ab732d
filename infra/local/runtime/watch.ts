/** Lets `performance.now()`, by which code tells how long it has taken, go so many times slower in this process, until undone. */
export const slowWatch = (times: number): (() => void) => {
  const real = performance.now.bind(performance);
  const began = real();
  performance.now = () => began + (real() - began) / times;
  return () => {
    Reflect.deleteProperty(performance, 'now');
  };
};
