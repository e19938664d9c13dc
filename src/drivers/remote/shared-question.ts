/**
 * A question that many ask at the same time is put once for all of them. An answer to a question that was put before
 * it was asked does not count: nobody is told what was true earlier.
 */
export class SharedQuestion<T> {
  private running: Promise<T> | null = null;
  private next: Promise<T> | null = null;

  constructor(private readonly put: () => Promise<T>) {}

  ask(): Promise<T> {
    if (this.running === null) return this.start();
    const again = (): Promise<T> => {
      this.next = null;
      return this.start();
    };
    this.next ??= this.running.then(again, again);
    return this.next;
  }

  private start(): Promise<T> {
    const asked = this.put().finally(() => {
      if (this.running === asked) this.running = null;
    });
    this.running = asked;
    return asked;
  }
}
