import { openDocuments } from './checkout-documents.ts'

/**
 * The OpenAPI 3.1 documents of WeChat Pay APIv3, one for each product domain such as `pay`, and `webhooks`. Pass them
 * to {@link startSandbox} or to any other OpenAPI tool.
 *
 * ```ts
 * const { pay, refund } = await specDocuments(['pay', 'refund'])
 * ```
 *
 * @param names the documents to read; all by default
 * @throws {RangeError} for an unknown name; the message lists the known ones
 */
export async function specDocuments<Name extends string>(
  names?: readonly Name[],
): Promise<Record<Name, object>> {
  const documents = openDocuments()
  const wanted: readonly string[] = names ?? documents.names
  const unknown = wanted.find((name) => !documents.names.includes(name))
  if (unknown !== undefined)
    throw new RangeError(
      `specDocuments: no document is named ${JSON.stringify(unknown)}; use ${documents.names.join(', ')}`,
    )
  return Object.fromEntries(wanted.map((name) => [name, documents.read(name)])) as Record<Name, object>
}
