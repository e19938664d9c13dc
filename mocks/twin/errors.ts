import { Refusal } from './call.js';
import { ConstraintError } from './store.js';

/** A refusal in the webshop's or the CRM's own error format; anything else is the twin's own defect and thrown on. */
export function renderError(error: unknown, style: 'webshop' | 'crm'): Response {
  const refusal = error instanceof ConstraintError ? fromConstraint(error) : error;
  if (!(refusal instanceof Refusal)) throw error;
  const { status, code, message, problems, headers } = refusal;
  if (style === 'webshop') return Response.json({ code, message, details: problems }, { status, headers });
  const errors = problems.map(({ field, problem }) => ({ pointer: field, detail: problem }));
  return Response.json(
    { type: `https://crm.test/problems/${code}`, title: code, status, detail: message, errors },
    { status, headers: { 'content-type': 'application/problem+json', ...headers } },
  );
}

function fromConstraint(error: ConstraintError): Refusal {
  const problems = [{ field: error.field, problem: error.kind }];
  return error.kind === 'duplicate'
    ? new Refusal(409, 'duplicate', error.message, problems)
    : new Refusal(422, 'invalid', error.message, problems);
}
