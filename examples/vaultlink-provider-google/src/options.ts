/** Which project is read, and as whom. */
export interface Options {
  /** Id or number of the project. @default the `GOOGLE_CLOUD_PROJECT` variable, else the project of the credentials */
  readonly project?: string;
  /** A file of credentials, absolute. @default where application default credentials are */
  readonly credentials?: string;
  /** Base address of the service. @default "https://secretmanager.googleapis.com" */
  readonly url?: string;
}

/** What gets new credentials: https://docs.cloud.google.com/sdk/gcloud/reference/auth/application-default/login */
export const HINT = "gcloud auth application-default login";
