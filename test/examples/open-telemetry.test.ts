import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  type ContextManager,
  context,
  metrics,
  ROOT_CONTEXT,
  SpanKind,
  trace,
} from '@opentelemetry/api'
import {
  AggregationTemporality,
  type HistogramMetricData,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { telemetry } from '../../examples/open-telemetry.ts'
import { looseClient, startWorld } from '../support/world.ts'

/** The example with OpenTelemetry's own SDK, against the sandbox. */
const storage = new AsyncLocalStorage<Context>()
const manager: ContextManager = {
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: (own, run, self, ...given) => storage.run(own, () => run.apply(self, given)),
  bind: (_, target) => target,
  enable: () => manager,
  disable: () => manager,
}
const spans = new InMemorySpanExporter()
const exported = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const reader = new PeriodicExportingMetricReader({ exporter: exported, exportIntervalMillis: 3_600_000 })
const tracing = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
const metering = new MeterProvider({ readers: [reader] })
context.setGlobalContextManager(manager)
trace.setGlobalTracerProvider(tracing)
metrics.setGlobalMeterProvider(metering)

const world = await startWorld()
const { port } = new URL(world.sandbox.url)
const client = looseClient({ ...world.options, hooks: telemetry(), retry: { attempts: 2, minDelay: 1 } })
const guides = '/v3/smartguide/guides/{guide_id}'
const server = { 'server.address': '127.0.0.1', 'server.port': Number(port) }

test.before.each(() => {
  world.fault = undefined
  spans.reset()
})
test.after(async () => {
  await tracing.shutdown()
  await metering.shutdown()
  await world.sandbox.close()
  for (const global of [context, trace, metrics]) global.disable()
})

test('a call is a span of its template, below the active one', async () => {
  const parent = trace.getTracer('test').startSpan('parent')
  const started = Date.now()
  const { response } = await context.with(trace.setSpan(context.active(), parent), () =>
    client.GET(guides, { params: { path: { guide_id: 'SECRET' } } }),
  )
  parent.end()
  const [span] = spans.getFinishedSpans()
  assert.ok(span)
  assert.is(span.name, `GET ${guides}`)
  assert.is(span.kind, SpanKind.CLIENT)
  assert.equal(span.attributes, {
    'http.request.method': 'GET',
    'url.template': guides,
    ...server,
    'http.response.status_code': 200,
    'wechatpay.request_id': response.headers.get('Request-ID'),
  })
  assert.is(span.parentSpanContext?.spanId, parent.spanContext().spanId)
  const [seconds, nanoseconds] = span.startTime
  assert.ok(Math.abs(seconds * 1000 + nanoseconds / 1e6 - started) < 100, 'it begins with the call')
  assert.not.match(JSON.stringify(span.attributes), 'SECRET')
})

test('an error has its type, and an attempt more is a resend', async () => {
  world.fault = () => ({
    status: 503,
    headers: {},
    body: Buffer.from('{"code":"SYSTEM_ERROR","message":""}'),
  })
  await client.GET(guides, { params: { path: { guide_id: '1' } } })
  world.fault = undefined
  await client.GET(guides, { params: { path: { guide_id: '' } } }).catch(() => {})
  await client.GET('/v3/SECRET').catch(() => {})
  const [refused, unsent, unknown] = spans.getFinishedSpans()
  assert.equal(refused?.attributes, {
    'http.request.method': 'GET',
    'url.template': guides,
    ...server,
    'http.response.status_code': 503,
    'error.type': '503',
    'http.request.resend_count': 1,
    'wechatpay.code': 'SYSTEM_ERROR',
  })
  assert.equal(unsent?.attributes, {
    'http.request.method': 'GET',
    'url.template': guides,
    'error.type': 'ERR_PATH_MISSING',
  })
  assert.ok(unknown)
  assert.is(unknown.name, 'GET')
  assert.equal(unknown.attributes, { 'http.request.method': 'GET', 'error.type': 'ERR_OPERATION_UNKNOWN' })
})

test('the histogram of durations has the calls of each outcome, in seconds', async () => {
  await reader.forceFlush()
  const [histogram] = exported
    .getMetrics()
    .at(-1)!
    .scopeMetrics.flatMap(({ metrics: own }) => own)
  assert.ok(histogram)
  assert.is(histogram.descriptor.name, 'http.client.request.duration')
  assert.is(histogram.descriptor.unit, 's')
  const { dataPoints } = histogram as HistogramMetricData
  assert.equal(
    dataPoints
      .map(({ attributes, value }) => [
        attributes['error.type'] ?? attributes['http.response.status_code'],
        value.count,
      ])
      .sort(),
    [
      [200, 1],
      ['503', 1],
      ['ERR_OPERATION_UNKNOWN', 1],
      ['ERR_PATH_MISSING', 1],
    ],
  )
  assert.ok(dataPoints.every(({ value }) => value.sum! < 10))
})

test.run()
