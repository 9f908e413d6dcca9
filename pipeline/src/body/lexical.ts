/*
 * The editor's format: the state of a Lexical editor as Payload stores it, and the tree. Nothing else of the pipeline knows it.
 */

export { fromLexical, maxLexicalDepth } from './lexical-reader.ts'
export { type LexicalNode, type LexicalState, toLexical } from './lexical-writer.ts'
