/** An answer that is not a 2xx: thrown by a check, sent by the server. */
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

/** 400: which field of which part of the request is wrong, and why. */
export function paramError(location: string, field: string, issue: string): Refusal {
  return new Refusal(400, 'PARAM_ERROR', `${location}: ${field}: ${issue}`, { field, location, issue })
}

/** 401: the Authorization header is wrong. `more` stands beside the location, as WeChat Pay does it. */
export function signError(field: string, issue: string, more?: object): Refusal {
  // The pages have `issue` beside the field; what WeChat Pay answers has it one level deeper.
  const detail = { field, location: 'authorization', issue, detail: { issue }, ...more }
  return new Refusal(401, 'SIGN_ERROR', `Authorization: ${field}: ${issue}`, detail)
}
