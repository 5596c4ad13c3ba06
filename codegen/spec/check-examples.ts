import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Document, MediaType, Parameter, Schema } from '../openapi/document.ts'
import { methods } from '../openapi/document.ts'

/** An example that its own schema refuses. */
export interface ExampleFinding {
  document: string
  /** `POST /v3/pay/transactions/jsapi`. */
  operation: string
  /** `body`, or the place and name of a parameter. */
  where: string
  message: string
}

/**
 * Holds every request example of a document against its schema, with ajv as the judge.
 * @returns what ajv refuses, and how many examples it was given
 */
export function checkExamples(
  name: string,
  document: Document,
): { findings: ExampleFinding[]; checked: number } {
  // Extensions stand in the schemas; formats are annotations here.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true, inlineRefs: false })
  const findings: ExampleFinding[] = []
  let checked = 0
  const judge = (operation: string, where: string, schema: Schema, example: unknown) => {
    checked++
    if (ajv.validate(schema, example)) return
    findings.push({
      document: name,
      operation,
      where,
      message: ajv.errorsText(ajv.errors, { dataVar: where }),
    })
  }
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method]
      if (!operation) continue
      const label = `${method.toUpperCase()} ${path}`
      for (const { where, schema, example } of examplesOf(
        operation.parameters ?? [],
        operation.requestBody?.content ?? {},
      )) {
        judge(label, where, schema, example)
      }
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
