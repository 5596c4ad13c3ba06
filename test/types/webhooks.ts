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
      const { resource } = one
      // @ts-expect-error a combined payment has no amount of its own
      resource.amount
      if ('out_trade_no' in resource) {
        // @ts-expect-error misspelt
        if (resource.trade_state === 'SUCESS') return 0
        const paid: boolean = resource.trade_state === 'SUCCESS'
        return paid ? resource.amount.total : 0
      }
      if ('combine_out_trade_no' in resource) {
        // @ts-expect-error misspelt
        if (resource.sub_orders.some((order) => order.trade_state === 'SUCESS')) return 0
        return resource.sub_orders.reduce((sum, { amount }) => sum + amount.total_amount, 0)
      }
      return resource.receiver.amount
    }
    case 'REFUND.SUCCESS':
    case 'REFUND.CLOSED': {
      const { resource } = notification
      const status: string = resource.refund_status
      // @ts-expect-error misspelt
      if (resource.refund_status === 'SUCESS') return 0
      const partner: string | undefined = 'sp_mchid' in resource ? resource.sp_mchid : resource.mchid
      if (partner) return resource.amount.refund
      // @ts-expect-error of another event
      notification.resource.trade_state
      return status ? 1 : 0
    }
    case 'TRANSACTION.FAIL':
    case 'TRANSACTION.PAY_BACK': {
      const { resource } = notification
      if ('trade_scene' in resource) return resource.parking_info?.charging_duration ?? 0
      return resource.mchid.length + resource.amount.total
    }
    case 'PAYSCORE.USER_OPEN_SERVICE': {
      const { resource } = notification
      return 'contract_id' in resource ? resource.plan_id.length : resource.service_id.length
    }
    case 'PAYSCORE.USER_PAID':
      // @ts-expect-error misspelt
      return notification.resource.state === 'DNOE' ? 0 : notification.resource.out_order_no.length
    case 'MCHTRANSFER.BILL.FINISHED':
      // @ts-expect-error misspelt
      return notification.resource.state === 'SUCESS' ? 0 : notification.resource.transfer_amount
    case 'MCHTRANSFER.BATCH.FINISHED':
      // @ts-expect-error misspelt
      return notification.resource.batch_status === 'FINISH' ? 0 : notification.resource.success_amount
    case 'ENTRUST.TERMINATE_INQUIRY':
      return (notification.resource.message ?? notification.resource.messsage ?? '').length
    case 'PAPAY.SIGN': {
      const { resource } = notification
      return 'mchid' in resource ? resource.openid.length : resource.sub_mchid.length
    }
    case 'COMPLAINT.CREATE':
      // No page lists this state, so states of complaints are open here.
      if (notification.resource.complaint_state === 'PAYER_COMPLAINTED') return 0
      return (notification.resource.amount ?? 0) + (notification.resource.payer_phone ?? '').length
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
