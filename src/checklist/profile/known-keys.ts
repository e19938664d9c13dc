type Node = { [name: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entries that a JSON schema knows at a place of a document, over all alternatives that stand there. */
export function knownKeys(schema: unknown, at: PropertyKey[]): string[] {
  let nodes = alternatives(schema, schema);
  for (const part of at) nodes = nodes.flatMap((node) => below(schema, node, part));
  return [...new Set(nodes.flatMap(({ properties }) => (isNode(properties) ? Object.keys(properties) : [])))];
}

function below(root: unknown, { properties, additionalProperties, items }: Node, part: PropertyKey): Node[] {
  if (typeof part === 'number') return alternatives(root, items);
  const named = isNode(properties) ? properties[String(part)] : undefined;
  return alternatives(root, named ?? additionalProperties);
}

/** A node, or those that it stands for: what it refers to, and each of a choice. */
function alternatives(root: unknown, node: unknown): Node[] {
  if (!isNode(node)) return [];
  const { $ref, anyOf, oneOf, allOf } = node;
  const chosen = [anyOf, oneOf, allOf].flatMap((list) => (Array.isArray(list) ? list : []) as unknown[]);
  const referred = typeof $ref === 'string' ? [pointed(root, $ref)] : [];
  return [node, ...[...chosen, ...referred].flatMap((one) => alternatives(root, one))];
}

function pointed(root: unknown, reference: string): unknown {
  const [, ...parts] = reference.split('/');
  return parts.reduce<unknown>((node, part) => (isNode(node) ? node[part] : undefined), root);
}
