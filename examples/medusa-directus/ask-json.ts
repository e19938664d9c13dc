/** One JSON request of the set-up. Errors: what was asked and how it was answered, without headers. */
export async function askJson<T>(
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(
      `${method} ${new URL(url).pathname} was answered with ${response.status}: ${text.slice(0, 300)}`,
    );
  return (text === '' ? null : JSON.parse(text)) as T;
}
