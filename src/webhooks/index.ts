export {
  createNotifications,
  type Notification,
  type NotificationEvent,
  type NotificationHandler,
  type NotificationOf,
  type Notifications,
  type NotificationTable,
} from '../../generated/webhooks/notifications.ts'
export type { NotificationResources } from '../../generated/webhooks/resources.ts'
export type { KeySource, PlatformKeys } from '../verification/platform.ts'
export type { HandlerContext } from './dispatch.ts'
export type { MessageHeaders } from './headers.ts'
export type { NotificationHead, OtherNotification } from './notification.ts'
export type { NotificationOptions, ReceivedMessage, ReceivedRequest } from './notifications.ts'
export type { RawBody } from './raw-body.ts'
