export type { NotificationResources } from '../../generated/webhooks/resources.ts'
export type { KeySource, PlatformKeys } from '../verification/platform.ts'
export type { HandlerContext, NotificationHandler, NotificationTable } from './dispatch.ts'
export type { MessageHeaders } from './headers.ts'
export type {
  Notification,
  NotificationEvent,
  NotificationHead,
  NotificationOf,
  OtherNotification,
} from './notification.ts'
export {
  createNotifications,
  type NotificationOptions,
  type Notifications,
  type ReceivedMessage,
  type ReceivedRequest,
} from './notifications.ts'
export type { RawBody } from './raw-body.ts'
