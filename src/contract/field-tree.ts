import type { FieldSpec } from './field.js';
import { segmentsOf } from './path.js';

/** A name on the way to fields: a field of its own, or an object (or list of objects) with children. */
export type FieldNode = { field: FieldSpec | null; list: boolean; children: Map<string, FieldNode> };

/** Dotted field paths as the object that they describe. */
export function treeOf(fields: FieldSpec[]): Map<string, FieldNode> {
  const root = new Map<string, FieldNode>();
  for (const field of fields) {
    let level = root;
    const segments = segmentsOf(field.path);
    segments.forEach(({ name, list }, index) => {
      let node = level.get(name);
      if (node === undefined) {
        node = { field: null, list, children: new Map() };
        level.set(name, node);
      }
      if (index === segments.length - 1) node.field = field;
      level = node.children;
    });
  }
  return root;
}
