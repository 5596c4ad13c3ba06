/** The HTTP methods of WeChat Pay APIv3, in the order in which the generated files list them. */
export const verbs = ['get', 'post', 'put', 'patch', 'delete'] as const

export type Verb = (typeof verbs)[number]
