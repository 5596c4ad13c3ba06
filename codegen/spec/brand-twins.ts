/** The name of the document with the operations of brands. `brand` is a domain of merchants: `/v3/brand/…`. */
export const brandModeName = 'brand-mode'

/**
 * Operations that brands call, and the operations of partners that they are made of. No page documents them: WeChat Pay
 * serves brands at paths of their own, `/brand/…`, and reads from the signature for which brand a request is, so that
 * no request has a `brand_id`. Otherwise the fields are those of a partner who acts for the brand.
 */
export interface BrandTwins {
  /** What the paths of the partner begin with. */
  partner: string
  /** What those of the brand begin with. */
  brand: string
  /** Fields of the partner's requests, at any depth, that the brand's lack. */
  request: readonly string[]
  /** The same for responses. */
  response: readonly string[]
  /**
   * The operations that are known for brands, as `POST /cards/{}` below both prefixes, with the id of the brand's page
   * where it is known. Partners have more: those are not made up for brands.
   */
  operations: readonly (readonly [operation: string, page?: number])[]
}

/** A notification to a brand, and the one to a partner that it is made of. */
export interface BrandNotification {
  event: string
  partner: string
  /** The id of the brand's page. */
  page?: number
  /** Fields of the partner's resource that the brand's lacks. */
  drop?: readonly string[]
}

export const brandTwins: readonly BrandTwins[] = [
  {
    // WeChat Pay's samples for brands (wechatpay-skills, 2026-04), whose responses have no brand_id either.
    partner: '/v3/marketing/partner/product-coupon',
    brand: '/brand/marketing/product-coupon',
    request: ['brand_id'],
    response: ['brand_id'],
    operations: [
      ['POST /media/upload-image', 4016427362],
      ['GET /notify-configs', 4015736292],
      ['POST /notify-configs', 4015736293],
      ['POST /product-coupons', 4015736297],
      ['GET /product-coupons/{}'],
      ['PATCH /product-coupons/{}'],
      ['POST /product-coupons/{}/deactivate'],
      ['POST /product-coupons/{}/stock-bundles'],
      ['PATCH /product-coupons/{}/stock-bundles/{}'],
      ['POST /product-coupons/{}/stock-bundles/{}/associate-stores'],
      ['POST /product-coupons/{}/stock-bundles/{}/disassociate-stores'],
      ['POST /product-coupons/{}/stock-bundles/{}/update-budget'],
      ['GET /product-coupons/{}/stocks', 4015736384],
      ['POST /product-coupons/{}/stocks', 4015736342],
      ['GET /product-coupons/{}/stocks/{}'],
      ['PATCH /product-coupons/{}/stocks/{}'],
      ['POST /product-coupons/{}/stocks/{}/associate-stores'],
      ['GET /product-coupons/{}/stocks/{}/associated-stores'],
      ['POST /product-coupons/{}/stocks/{}/deactivate'],
      ['POST /product-coupons/{}/stocks/{}/disassociate-stores'],
      ['POST /product-coupons/{}/stocks/{}/update-budget'],
      ['POST /product-coupons/{}/stocks/{}/upload-coupon-codes'],
      ['GET /users/{}/coupons'],
      ['POST /users/{}/coupons', 4015736390],
      ['GET /users/{}/coupons/{}'],
      ['POST /users/{}/coupons/{}/confirm', 4015736403],
      ['POST /users/{}/coupons/{}/deactivate'],
      ['POST /users/{}/coupons/{}/return'],
      ['POST /users/{}/coupons/{}/use', 4016427398],
      ['POST /users/{}/pre-send-coupon'],
    ],
  },
  {
    // The community C# SDK Senparc (2026-08), which cites the pages. Its responses have no brand_id.
    partner: '/v3/brand/partner/store',
    brand: '/brand/store',
    request: ['brand_id'],
    response: ['brand_id'],
    operations: [
      ['GET /brandstores', 4016756646],
      ['POST /brandstores', 4015782988],
      ['DELETE /brandstores/{}', 4015783019],
      ['GET /brandstores/{}', 4015783027],
      ['PATCH /brandstores/{}', 4015783036],
      ['POST /brandstores/{}/bindrecipient', 4015782993],
      ['POST /brandstores/{}/close', 4016756637],
      ['POST /brandstores/{}/resume', 4016756643],
      ['POST /brandstores/{}/unbindrecipient', 4015783007],
    ],
  },
  {
    // The same SDK. Here responses name the brand that the card belongs to.
    partner: '/v3/brand/partner/card-member',
    brand: '/brand/card-member',
    request: ['brand_id'],
    response: [],
    operations: [
      ['GET /cards', 4015582712],
      ['POST /cards', 4015582711],
      ['GET /cards/{}', 4015582715],
      ['PATCH /cards/{}', 4015582722],
      ['POST /cards/{}/invalidate', 4015582724],
      ['POST /pre-auth-tokens', 4015582733],
      ['GET /user-cards', 4015582718],
      ['POST /user-cards/import-by-openid', 4015582744],
      ['GET /user-cards/{}', 4015582716],
      ['PATCH /user-cards/{}', 4015582719],
      ['POST /user-cards/{}/confirm', 4015582750],
      ['POST /user-cards/{}/invalidate', 4015582726],
      ['POST /user-feeds', 4015582679],
      ['POST /user-points/exchange-coupon/confirm', 4015897310],
      ['POST /user-points/sync', 4015897319],
    ],
  },
]

/** The names are in the same two sources. Senparc's resources of cards have brand_id. */
export const brandNotifications: readonly BrandNotification[] = [
  { event: 'PRODUCT_COUPON.SEND', partner: 'PRODUCT_COUPON_SP.SEND', drop: ['brand_id'] },
  {
    event: 'BRAND_MEMBER_CARD.USER_CARD.CREATE',
    partner: 'BRAND_MEMBER_CARD_SP.USER_CARD.CREATE',
    page: 4015582700,
  },
  {
    event: 'BRAND_MEMBER_CARD.USER_CARD.DELETE',
    partner: 'BRAND_MEMBER_CARD_SP.USER_CARD.DELETE',
    page: 4015582700,
  },
  {
    event: 'BRAND_MEMBER_CARD.POINT_EXCHANGE_COUPON',
    partner: 'BRAND_MEMBER_CARD_SP.POINT_EXCHANGE_COUPON',
    page: 4015879057,
  },
  {
    event: 'BRAND_MEMBER_CARD.SYNC_USER_POINT',
    partner: 'BRAND_MEMBER_CARD_SP.SYNC_USER_POINT',
    page: 4016096803,
  },
]
