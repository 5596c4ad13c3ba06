/** An error response. A check throws it; the sandbox sends it. */
export class Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly detail: unknown

  constructor(status: number, code: string, message: string, detail?: unknown) {
    this.status = status
    this.code = code
    this.message = message
    this.detail = detail
  }
}

/** 400: says which field of which part of the request is wrong, and why. */
export function paramError(location: string, field: string, issue: string): Refusal {
  return new Refusal(400, 'PARAM_ERROR', `${location}: ${field}: ${issue}`, { field, location, issue })
}

/**
 * 401: the Authorization header is wrong. `more` is added to `detail`, as WeChat Pay does.
 *
 * @param message WeChat Pay's own, where it is known
 */
export function signError(field: string, issue: string, more?: object, message?: string): Refusal {
  // The documentation has `issue` beside `field`; real responses have it one level deeper.
  const detail = { field, location: 'authorization', issue, detail: { issue }, ...more }
  return new Refusal(401, 'SIGN_ERROR', message ?? `Authorization: ${field}: ${issue}`, detail)
}
