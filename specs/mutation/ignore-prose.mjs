/** Three words or more: a sentence for people, such as a message, a step or a remedy. */
const PROSE = /[A-Za-z]{2,}[,;:]? [A-Za-z]+[,;:]? [A-Za-z]/;

const textOf = ({ node }) => {
  if (node.type === 'StringLiteral') return node.value;
  if (node.type === 'TemplateLiteral') return node.quasis.map((part) => part.value.raw).join('x');
  return '';
};

/** A plugin of Stryker: what it gives a reason for is not mutated. */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'prose',
    value: {
      shouldIgnore: (path) => (PROSE.test(textOf(path)) ? 'the wording of a sentence for people' : undefined),
    },
  },
];
