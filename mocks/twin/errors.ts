import { Refusal, reply, type Call } from './call.js';
import { ConstraintError } from './store.js';

/** A refusal in the webshop's or the CRM's own error format; anything else is the twin's own defect and thrown on. */
export function renderError(error: unknown, style: 'webshop' | 'crm', call: Call): Response {
  const refusal = error instanceof ConstraintError ? fromConstraint(error) : error;
  if (!(refusal instanceof Refusal)) throw error;
  const { status, code, message, problems, headers } = refusal;
  if (style === 'webshop') return reply(call, { code, message, details: problems }, status, headers);
  const errors = problems.map(({ field, problem }) => ({ pointer: field, detail: problem }));
  const problem = { type: `https://crm.test/problems/${code}`, title: code, status, detail: message, errors };
  return reply(call, problem, status, { 'content-type': 'application/problem+json', ...headers });
}

function fromConstraint(error: ConstraintError): Refusal {
  const problems = [{ field: error.field, problem: error.kind }];
  return error.kind === 'duplicate'
    ? new Refusal(409, 'duplicate', error.message, problems)
    : new Refusal(422, 'invalid', error.message, problems);
}
