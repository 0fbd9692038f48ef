/**
 * Which commands of the category `@scripting` the user of services may run on Redis.
 */
export enum RedisScripting {
  /**
   * `EVAL` where something needs it: Dapr writes state by scripts, and KEDA measures lists by one. Also where no service of the program uses the
   * Redis, because services of another program may keep state there. Nothing where it carries topics only.
   */
  AS_NEEDED = 'as-needed',

  /** All of them. */
  ALLOWED = 'allowed',

  /** None of them. */
  DENIED = 'denied',
}
