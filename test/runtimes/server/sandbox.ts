/** The one place that knows where the sandbox is. */
export * from '../../../sandbox/index.ts'
