import { foldSpace, type FormMatch } from './forms.js';
import { sameName, splitName } from './names.js';
import type { EntityName } from './model.js';
import type { Section } from './section.js';
import type { Title } from './title.js';

type Names = { source: EntityName; target: EntityName };

/** The two names as the heading gives them, or null; the sentences decide where ` to ` stands in a name. */
export function namesOf(section: Section, matches: (FormMatch | null)[], title: Title): Names | null {
  const halves = splitHeading(foldSpace(section.heading), matches);
  if (halves === null) return null;
  const known = [title.source, title.target];
  const typed = dataTypeSystem(section);
  return {
    source: splitName(halves[0], known),
    target: splitName(halves[1], typed === null ? known : [typed, ...known]),
  };
}

function splitHeading(heading: string, matches: (FormMatch | null)[]): [string, string] | null {
  for (const match of matches)
    if (match?.a && match.b && heading === `${match.a} to ${match.b}`) return [match.a, match.b];
  const at = heading.indexOf(' to ');
  return at <= 0 ? null : [heading.slice(0, at), heading.slice(at + 4)];
}

const TYPE = ' Data Type';

/** The third header of the property table names the target system exactly; null where none does. */
function dataTypeSystem(section: Section): string | null {
  for (const block of section.blocks) {
    const header = block.kind === 'table' ? (block.headerRows[0] ?? block.rows[0])?.[2]?.text : undefined;
    if (header?.endsWith(TYPE)) return header.slice(0, -TYPE.length);
  }
  return null;
}

/** `S E1, E2, or E3` names entities of one system. */
export function connectedEntities(text: string, system: string): EntityName[] {
  return text
    .replaceAll(/,? or /g, ',')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const named = splitName(part, [system]);
      const entity = sameName(named.system, system) ? named.entity : `${named.system} ${named.entity}`.trim();
      return { ...named, entity, system, display: `${system} ${entity}`.trim() };
    });
}

/** True when a sentence names the pair of its heading, spelling aside; a side that it leaves out is not asked for. */
export function namesThePair({ a, b }: FormMatch, { source, target }: Names): boolean {
  return (!a || sameName(a, source.display)) && (!b || sameName(b, target.display));
}
