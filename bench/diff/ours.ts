import { compare } from '../../codegen/diff/compare/compare.ts'
import { loadSides } from '../../codegen/diff/read/sides.ts'
import { withSourceLines } from '../../codegen/diff/read/source-lines.ts'

/** The measured program: reads two folders of documents and writes judged changes with lines as JSON. */
const [before = '', after = ''] = process.argv.slice(2)
const sides = await loadSides(before, after)
const compared = compare(sides.before.documents, sides.after.documents)
process.stdout.write(JSON.stringify(withSourceLines(compared, sides.before, sides.after)))
