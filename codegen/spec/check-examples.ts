import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Document, MediaType, Parameter, Schema } from '../openapi/document.ts'
import { labelOf, operationsOf } from '../openapi/operations.ts'

/** An example that does not match its schema. */
interface ExampleFinding {
  document: string
  /** `POST /v3/pay/transactions/jsapi`. */
  operation: string
  /** `body`, or a parameter such as `query.mchid`. */
  where: string
  message: string
}

/**
 * Validates every request example of a document against its schema, with ajv.
 * @returns the invalid examples, and the number of all
 */
export function checkExamples(
  name: string,
  document: Document,
): { findings: ExampleFinding[]; checked: number } {
  // Not strict, because the schemas have extensions. Formats are annotations only.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true, inlineRefs: false })
  const findings: ExampleFinding[] = []
  let checked = 0
  for (const placed of operationsOf(document)) {
    const { parameters = [], requestBody } = placed.operation
    for (const { where, schema, example } of examplesOf(parameters, requestBody?.content ?? {})) {
      checked++
      if (ajv.validate(schema, example)) continue
      findings.push({
        document: name,
        operation: labelOf(placed),
        where,
        message: ajv.errorsText(ajv.errors, { dataVar: where }),
      })
    }
  }
  return { findings, checked }
}

function examplesOf(parameters: Parameter[], content: Record<string, MediaType>) {
  const bodies = Object.values(content).map((media) => ({ where: 'body', media }))
  const encoded = parameters.flatMap((parameter) =>
    Object.values(parameter.content ?? {}).map((media) => ({
      where: `${parameter.in}.${parameter.name}`,
      media,
    })),
  )
  const plain = parameters.map((parameter) => ({
    where: `${parameter.in}.${parameter.name}`,
    media: parameter,
  }))
  return [...bodies, ...encoded, ...plain].flatMap(({ where, media }) =>
    media.schema && media.example !== undefined
      ? [{ where, schema: media.schema as Schema, example: media.example }]
      : [],
  )
}
