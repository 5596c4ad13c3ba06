import { type Account, accountId } from './keys/accounts.ts'
import type { Keyring } from './keys/keyring.ts'
import { authorizationCheck } from './receive/check-authorization.ts'
import { checkBrandKey, checkHeaders } from './receive/check-headers.ts'
import { checkJsonBody } from './receive/check-json-body.ts'
import { checkParameters } from './receive/check-parameters.ts'
import { checkUpload } from './receive/check-upload.ts'
import { fieldDecrypter } from './receive/decrypt-fields.ts'
import { operationRouter, type Route } from './receive/operation-router.ts'
import { Refusal } from './receive/refusal.ts'
import type { RequestRecord } from './receive/request-record.ts'
import { formSchema, signedBytes } from './receive/upload-form.ts'
import { documentedResponse } from './respond/documented-response.ts'
import {
  certificatesDocument,
  certificatesResponse,
  isCertificatesPath,
} from './respond/platform-certificates.ts'
import { errorResponse, type SandboxResponse } from './respond/sandbox-response.ts'
import { signatureDefaults, signResponse } from './respond/sign-response.ts'
import { schemaCompilers } from './spec/schema-compiler.ts'
import type { Document } from './spec/spec-types.ts'

/** The response to a request, and the header with the digest that is signed instead of the body. */
export interface HandledRequest {
  response: SandboxResponse
  digestHeader?: string
}

/** Creates the request handler. It checks a request in full, and responds as WeChat Pay does. */
export function requestHandler(
  documents: readonly Document[],
  accounts: readonly Account[],
  keys: Keyring,
  now: () => number,
): (request: RequestRecord) => Promise<HandledRequest> {
  const hasCertificates = documents.some((document) => document.paths?.['/v3/certificates'])
  const findOperation = operationRouter(hasCertificates ? documents : [...documents, certificatesDocument])
  const compilerOf = schemaCompilers()
  const authenticate = authorizationCheck(accounts, now)

  async function handle(request: RequestRecord): Promise<HandledRequest> {
    const found = routeOrRefusal(request)
    checkHeaders(request, keys)
    const route = found instanceof Refusal ? undefined : found
    const isPublic = route?.operation.security?.length === 0
    const caller = isPublic ? undefined : authenticate(request, signedBytes(route, request))
    // An unknown operation is reported only to an authenticated caller.
    if (found instanceof Refusal) throw found
    await check(found, request, caller)
    const { operation, path } = found
    const response = isCertificatesPath(path)
      ? certificatesResponse(keys, caller)
      : documentedResponse(found, caller)
    if (operation['x-unsigned-response']) return { response }
    const digestHeader = operation['x-signed-digest']
    return {
      response: signResponse(response, keys, now, signatureDefaults(request), digestHeader),
      ...(digestHeader && { digestHeader }),
    }
  }

  function routeOrRefusal({ method, target }: RequestRecord): Route | Refusal {
    try {
      return findOperation(method, target)
    } catch (thrown) {
      if (thrown instanceof Refusal) return thrown
      throw thrown
    }
  }

  async function check(route: Route, request: RequestRecord, caller: Account | undefined): Promise<void> {
    request.operation = `${request.method} ${route.path}`
    if (caller) request.account = accountId(caller)
    checkBrandKey(request)
    const compile = compilerOf(route.document)
    const decryptFields = fieldDecrypter(route.document, request, keys, compile)
    checkParameters(route, request, compile, decryptFields)
    if (formSchema(route)) await checkUpload(route, request, compile, decryptFields)
    else checkJsonBody(route, request, compile, decryptFields)
  }

  return (request) =>
    handle(request).catch((thrown) => {
      if (thrown instanceof Refusal) return { response: errorResponse(thrown) }
      const reason = thrown instanceof Error ? thrown.message : String(thrown)
      return { response: errorResponse(new Refusal(500, 'SYSTEM_ERROR', `the sandbox failed: ${reason}`)) }
    })
}
