import {
  createNotifications,
  type Notification,
  type NotificationOf,
  type OtherNotification,
} from '../../src/webhooks/index.ts'
import { nodeHandler } from '../../src/webhooks/node.ts'

/** What compiles, and what must not. */
export async function dispatched(notification: Notification): Promise<number> {
  switch (notification.event_type) {
    case 'TRANSACTION.SUCCESS': {
      const one: NotificationOf<'TRANSACTION.SUCCESS'> = notification
      // @ts-expect-error of another event
      one.resource.refund_status
      return one.resource.amount?.total ?? 0
    }
    case 'REFUND.SUCCESS':
    case 'REFUND.CLOSED': {
      const status: string | undefined = notification.resource.refund_status
      // @ts-expect-error of another event
      notification.resource.trade_state
      return status ? 1 : 0
    }
    // @ts-expect-error there is no such event
    case 'REFUND.SUCESS':
      return 0
    default: {
      const event: string = notification.event_type
      // @ts-expect-error handled above
      const refund: 'REFUND.SUCCESS' = notification.event_type
      return event.length + refund.length
    }
  }
}

export function other(notification: OtherNotification): unknown {
  return notification.resource['whatever']
}

export function handlers(pem: string, apiV3Key: string): unknown {
  const notifications = createNotifications({ platform: { PUB_KEY_ID_1: pem }, apiV3Key })
  // @ts-expect-error no APIv3 key
  createNotifications({ platform: { PUB_KEY_ID_1: pem } })
  notifications.handler({ 'REFUND.SUCCESS': async ({ resource }) => resource.out_refund_no })
  notifications.handler({ other: ({ event_type }) => event_type })
  notifications.handler((notification, { signal }) => [notification.id, signal.aborted])
  // @ts-expect-error there is no such event
  notifications.handler({ 'REFUND.SUCESS': () => {} })
  // @ts-expect-error of another event
  notifications.handler({ 'REFUND.SUCCESS': ({ resource }) => resource.trade_state })
  // @ts-expect-error parsed
  notifications.receive({ headers: {}, body: { id: '1' } })
  return nodeHandler(notifications, dispatched)
}
