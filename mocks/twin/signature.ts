import { createHmac } from 'node:crypto';
import type { WebhookScheme } from '../../src/contract/api-description.js';

/** The signature of a webhook's raw body under a scheme; `timestamp` in epoch ms, `path` the URL path. */
export function sign(
  scheme: WebhookScheme,
  secret: string,
  body: string,
  timestamp: string,
  path: string,
): string {
  if (scheme.scheme === 'hex-timestamp-body') {
    return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
  }
  return createHmac('sha256', secret).update(`POST${path}${body}${timestamp}`).digest('base64');
}
