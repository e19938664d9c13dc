export type NetworkFault =
  | 'host-not-allowed'
  | 'refused'
  | 'unknown-host'
  | 'connect-timeout'
  | 'answer-timeout'
  | 'tls'
  | 'connection-lost'
  | 'body-too-large'
  | 'redirect'
  | 'html-instead-of-json'
  | 'truncated-json'
  | 'no-json';

/** A call that got no usable answer, without secrets: what happened, what was expected and the remedy. */
export class NetworkError extends Error {
  constructor(
    readonly fault: NetworkFault,
    message: string,
    readonly expected: string,
    readonly remedy: string,
    /** Code of the system call or the TLS library, where one failed. */
    readonly code = '',
  ) {
    super(message);
    this.name = 'NetworkError';
  }
}
