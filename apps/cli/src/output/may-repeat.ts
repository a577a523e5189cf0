/** Words of capitals, as environment variables are named: DB_PASSWORD, S3_KEY. */
const VARIABLE = /^[A-Z]{1,15}\d?(?:_[A-Z]{1,15}\d?|_\d)*$/;
/** A short word, or a few with hyphens between them, as connections and commands are called: hcv, aws-prod. */
const SHORT = /^(?=.{1,12}$)[a-z]+(?:-[a-z]+)*$/;

/**
 * Whether a message may repeat what a person typed where a name was expected. Anything could be a secret that was pasted by
 * mistake; no generated one has this form, since it mixes cases, or has more digits, or is longer.
 */
export function mayRepeat(typed: string): boolean {
  return typeof typed === "string" && typed.length <= 60 && (VARIABLE.test(typed) || SHORT.test(typed));
}
