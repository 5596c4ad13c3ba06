import { compare } from '../../codegen/diff/compare/compare.ts'
import { loadSides } from '../../codegen/diff/read/sides.ts'
import { withPlaces } from '../../codegen/diff/read/source-lines.ts'

/** What is measured: two folders of documents to a judged list with places, as JSON. */
const [before = '', after = ''] = process.argv.slice(2)
const sides = await loadSides(before, after)
const compared = compare(sides.before.documents, sides.after.documents)
process.stdout.write(JSON.stringify(withPlaces(compared, sides.before, sides.after)))
