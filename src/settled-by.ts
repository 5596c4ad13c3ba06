/**
 * The query that tells what became of a request. It is plain data without anything personal, so it can be logged, and
 * `settle` takes it back from a log.
 */
export interface SettledBy {
  /** Method and template path: `GET /v3/pay/transactions/out-trade-no/{out_trade_no}`. */
  readonly operation: string
  /** Its parameters, as a call takes them. */
  readonly params: {
    readonly path?: Readonly<Record<string, string>>
    readonly query?: Readonly<Record<string, string>>
  }
}
