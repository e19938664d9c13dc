/** Nothing uses the result, so that no mutant in here can matter: a test that kills one fails by itself when run again. */
export function control() {
  return 1 + 1;
}
