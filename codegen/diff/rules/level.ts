/** What a change does to an app: it stops working, it may stop working, or no action is needed. */
export type Level = 'breaking' | 'warning' | 'info'

/** Levels, worst first. */
export const levels = ['breaking', 'warning', 'info'] as const satisfies readonly Level[]

/** An app sends requests; it receives responses and notifications. */
export type Direction = 'request' | 'response' | 'notification'
