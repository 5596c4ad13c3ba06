import { type Attributes, metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Hooks } from '../src/index.ts'

/**
 * Hooks that report each call to OpenTelemetry: a span, and its duration in the histogram of HTTP clients. Names are those
 * of the semantic conventions for HTTP clients.
 *
 * ```ts
 * const client = createClient({ ...options, hooks: telemetry() })
 * ```
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client
 */
export function telemetry(): Hooks {
  const tracer = trace.getTracer('wechatpay')
  const durations = metrics.getMeter('wechatpay').createHistogram('http.client.request.duration', {
    unit: 's',
    description: 'Duration of HTTP client requests.',
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
  })
  return {
    settled({ operation, attempts, duration, status, code, requestId, entryPoint }) {
      const [method = '', template] = operation.split(' ', 2)
      const failed = status === undefined || status >= 400
      const common: Attributes = { 'http.request.method': method }
      if (template) common['url.template'] = template
      if (entryPoint) {
        const { hostname, port, protocol } = new URL(entryPoint)
        common['server.address'] = hostname
        common['server.port'] = Number(port) || (protocol === 'https:' ? 443 : 80)
      }
      if (status !== undefined) common['http.response.status_code'] = status
      if (failed) common['error.type'] = status === undefined ? code! : String(status)
      durations.record(duration / 1000, common)

      // The hook runs where the call was made, so the active span is the parent.
      const end = Date.now()
      const span = tracer.startSpan(operation, {
        kind: SpanKind.CLIENT,
        startTime: end - duration,
        attributes: {
          ...common,
          ...(attempts > 1 && { 'http.request.resend_count': attempts - 1 }),
          ...(requestId && { 'wechatpay.request_id': requestId }),
          ...(status !== undefined && code && { 'wechatpay.code': code }),
        },
      })
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(end)
    },
  }
}
