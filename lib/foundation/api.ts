/** An OpenAPI document, as far as this project looks into it. */
export interface OpenApiDocument {
  /** Operations by path, then by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Where callers of an API sign in, in a stack where they do: a Cognito user pool. */
export interface SignIn {
  /** The output with the pool's id; a stack without it has an API whose callers sign with IAM credentials. */
  readonly poolOutput: string;
  /** The output with the id of the client that signs in; a stack without it has a pool that others have made. */
  readonly clientOutput: string;
  /** The pool's group that every operation is open to. */
  readonly adminGroup: string;
}

/** An API of a part. */
export interface PartApi {
  /** What commands call it, unique among all parts: `payments`. */
  readonly name: string;
  /** The output with its URL, its stage included. */
  readonly urlOutput: string;
  /** By default its callers sign with IAM credentials (AWS Signature Version 4). */
  readonly signIn?: SignIn;
  /** Operations that do not show everything that another has just made, `GET /products/{id}`; by default none. */
  readonly hiding?: readonly string[];
  /** Where `npm run docs` writes its document. */
  readonly file: string;
  readonly document: () => OpenApiDocument;
}
