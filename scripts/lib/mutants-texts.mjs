// A plugin of the mutation tool: what is said to a person in an error is left as it is.
// A sentence that reads otherwise is no fault that a test should fix word by word; codes, remedies and what is put in are
// looked at all the same where they stand beside it.
const TEXTS = new Set(['StringLiteral', 'TemplateLiteral']);

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'texts',
    value: {
      shouldIgnore: (path) =>
        TEXTS.has(path.node.type) && hasWords(path.node) && isOfError(path)
          ? 'a sentence of an error, for people'
          : undefined,
    },
  },
];

/** Whether it has a blank between two words: no code, remedy or key has. */
function hasWords(node) {
  const parts = node.type === 'StringLiteral' ? [node.value] : node.quasis.map(({ value }) => value.raw);
  return parts.some((part) => part.trim() !== '' && part.includes(' '));
}

/** Whether it is handed to an error that is made, or to what makes the error that is thrown. */
function isOfError(path) {
  return (
    path.findParent(
      ({ node }) =>
        (node.type === 'NewExpression' && node.callee.name?.endsWith('Error')) ||
        (node.type === 'ThrowStatement' && node.argument.type === 'CallExpression'),
    ) !== null
  );
}
