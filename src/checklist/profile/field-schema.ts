import { z } from 'zod';

const text = z.string().min(1);

const KINDS = [
  'string',
  'integer',
  'number',
  'decimal-string',
  'minor-units',
  'boolean',
  'date',
  'datetime',
  'epoch-ms',
  'date-epoch-ms',
  'enum',
  'string-list',
  'joined-list',
  'reference',
  'object-list',
  'untyped',
] as const;
type Kind = (typeof KINDS)[number];

const FORMATS = [
  'email',
  'phone',
  'postcode',
  'country',
  'currency',
  'url',
  'first-name',
  'last-name',
  'company',
  'street',
  'city',
  'vat',
  'sku',
  'barcode',
  'number',
  'pattern',
] as const;

/** Which entries belong to which types; those with `!` must be given. */
const BELONGS: Record<string, Kind[]> = {
  maxLength: ['string', 'string-list', 'joined-list'],
  format: ['string'],
  pattern: ['string'],
  min: ['integer'],
  max: ['integer'],
  scale: ['decimal-string'],
  values: ['enum'],
  allowed: ['string-list', 'joined-list'],
  separator: ['joined-list'],
  entity: ['reference'],
  fields: ['object-list'],
};
const NEEDED: Partial<Record<Kind, string>> = {
  enum: 'values',
  reference: 'entity',
  'object-list': 'fields',
};

/** One field of an entity as a profile gives or changes it. */
export type ProfileField = {
  type?: Kind | undefined;
  maxLength?: number | undefined;
  format?: (typeof FORMATS)[number] | undefined;
  pattern?: string | undefined;
  min?: number | undefined;
  max?: number | undefined;
  scale?: number | undefined;
  values?: string[] | undefined;
  allowed?: string[] | undefined;
  separator?: string | undefined;
  entity?: string | undefined;
  fields?: Record<string, ProfileField> | undefined;
  required?: boolean | undefined;
  readOnly?: boolean | undefined;
  createOnly?: boolean | undefined;
  unique?: boolean | undefined;
  normalises?: 'lower-case' | 'trim' | undefined;
  hint?: (typeof FORMATS)[number] | undefined;
  example?: z.core.util.JSONType | undefined;
  writePath?: string | undefined;
};

/** Fields by path; without `type` the entry changes a field that the contract has already. */
export const fieldSchema: z.ZodType<ProfileField, ProfileField> = z
  .strictObject({
    type: z.enum(KINDS).optional(),
    maxLength: z.int().min(1).optional(),
    format: z.enum(FORMATS).optional(),
    pattern: z
      .string()
      .refine(isPattern, 'a regular expression')
      .optional()
      .describe('Regular expression that values match as a whole.'),
    min: z.int().optional(),
    max: z.int().optional(),
    scale: z.int().min(0).max(6).optional(),
    values: z.array(text).min(1).optional(),
    allowed: z.array(text).min(1).optional(),
    separator: text.optional(),
    entity: text.optional().describe('Name of the entity that a reference points to.'),
    get fields() {
      return z.record(text, fieldSchema).optional();
    },
    required: z.boolean().optional(),
    readOnly: z.boolean().optional(),
    createOnly: z.boolean().optional().describe('Set when a record is made, and never changed afterwards.'),
    unique: z.boolean().optional(),
    normalises: z.enum(['lower-case', 'trim']).optional(),
    hint: z.enum(FORMATS).optional().describe('What values look like where no format is enforced.'),
    example: z.json().optional(),
    writePath: text.optional().describe('Path under which the value is written, where it differs.'),
  })
  .superRefine((field, context) => {
    const wrong = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    const { type } = field;
    if (type === undefined) return;
    const must = NEEDED[type];
    if (must !== undefined && field[must as keyof typeof field] === undefined)
      wrong('type', `a field of type ${type} needs "${must}"`);
    for (const [name, kinds] of Object.entries(BELONGS)) {
      if (field[name as keyof typeof field] === undefined || kinds.includes(type)) continue;
      wrong(name, `"${name}" belongs to fields of type ${kinds.join(' or ')}, not ${type}`);
    }
  });

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
