import type { Result } from './result.ts'

/*
 * The types of `throwOnError`. A call that does not mention it takes the first overload, which costs the compiler what a
 * single signature would. The second one has a parameter that cannot be given unless `throwOnError` is there, so that a
 * mistake in an ordinary call is reported as if the first one were alone.
 */

declare const throws: unique symbol

/** A client made with `throwOnError: true`. */
export interface ThrowsOnError {
  readonly [throws]: true
}

/** Any other client. */
export interface ReturnsResults {
  readonly [throws]?: false
}

/** Options that say what becomes of an error of the API. */
export type WithThrowOnError<Options, T extends boolean | undefined> = Omit<Options, 'throwOnError'> & {
  throwOnError: T
}

/** Options that do not. */
export interface Unsaid {
  throwOnError?: undefined
}

/** No further argument where `throwOnError` is given; otherwise some that nobody can give, so that the overload is out. */
export type Only<T extends boolean | undefined> = T extends boolean ? [] : Impossible

/** The same for a client: further arguments where `throwOnError` is true. */
export type OthersIf<T extends boolean, Others extends readonly unknown[]> = T extends true
  ? Others
  : Impossible

/** Arguments that nobody can give. */
export type Impossible = [never, never, never, never, never, never, never, never]

/** What a call resolves to. */
export type DataOrResult<Data, T extends boolean | undefined> = T extends true ? Data : Result<Data>

/** The paths of a client with `throwOnError`. */
export type ThrowingPaths<Paths> = {
  readonly [Path in keyof Paths]: { readonly [Verb in keyof Paths[Path]]: ThrowingCall<Paths[Path][Verb]> }
}

/** A node of the chain of such a client. */
export type ThrowingNode<Node> = (Node extends AnyCall ? ThrowingCall<Node> : unknown) & {
  readonly [Name in keyof Node]: ThrowingNode<Node[Name]>
}

type AnyCall = (...options: never[]) => unknown

// The first overload of a call is the one without `throwOnError`.
type ThrowingCall<Call> = Call extends {
  (...options: infer Options): Promise<Result<infer Data>>
  (...options: never[]): unknown
}
  ? ThrowingMethod<Options, Data>
  : never

interface ThrowingMethod<Options extends readonly unknown[], Data> {
  (...options: { [Index in keyof Options]: Options[Index] & Unsaid }): Promise<Data>
  <T extends boolean | undefined = undefined>(
    options: WithThrowOnError<NonNullable<Options[0]>, T>,
    ...only: Only<T>
  ): Promise<DataOrResult<Data, T>>
}
