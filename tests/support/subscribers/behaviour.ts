/** A subscriber's behaviour: its replies to verifications and to deliveries. Pure. */
import * as v from "valibot";

/**
 * Faults of a connection, in both directions the same:
 * - `never`: no reply, and the connection stays open
 * - `drip`: the head at once, then one byte of the body a second
 * - `drip-head`: one byte a second from the first byte of the head on
 * - `endless`: a body that never ends, as fast as it is read
 * - `reset`: the connection is reset (TCP RST)
 */
const FAULTS = ["never", "drip", "drip-head", "endless", "reset"] as const;

/** A fault of a connection. */
export type Fault = (typeof FAULTS)[number];

const Status = v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599));
const Fields = v.record(v.string(), v.string());
const Milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A reply: an answer, more header fields, and the time before it. */
export type Reply<Answer> = { answer: Answer; headers: Record<string, string>; delayMilliseconds: number };
/** Replies that are used one after the other, the last for good. */
export type Replies<Answer> = [Reply<Answer>, ...Reply<Answer>[]];

type ReplyInput<Answer> =
  | Answer
  | {
      answer: Answer;
      headers?: Record<string, string> | undefined;
      delayMilliseconds?: number | undefined;
    };
type RepliesInput<Answer> = ReplyInput<Answer> | [ReplyInput<Answer>, ...ReplyInput<Answer>[]];

/** One reply, or several. An answer alone stands for a reply. */
function replies<Answer extends number | string>(
  answer: v.GenericSchema<Answer>,
): v.GenericSchema<RepliesInput<Answer>, Replies<Answer>> {
  const reply: v.GenericSchema<ReplyInput<Answer>, Reply<Answer>> = v.union([
    v.pipe(
      answer,
      v.transform((only) => ({ answer: only, headers: {}, delayMilliseconds: 0 })),
    ),
    v.strictObject({
      answer,
      headers: v.optional(Fields, {}),
      delayMilliseconds: v.optional(Milliseconds, 0),
    }),
  ]);
  const one = v.pipe(
    reply,
    v.transform((only): Replies<Answer> => [only]),
  );
  return v.union([one, v.tupleWithRest([reply], reply)]);
}

/**
 * The answers to a verification (WebSub 5.3):
 * - `echo`: 200 and the challenge
 * - `wrong`: 200 and another challenge
 * - `with-newline`: 200, the challenge and a newline
 * - `with-mark`: 200, a byte order mark and the challenge
 * - `redirect`: 302 to an address that echoes the challenge
 * - a status, whose body is the challenge too; or a fault, whose body begins with it
 */
const VerificationAnswer = v.union([
  v.picklist(["echo", "wrong", "with-newline", "with-mark", "redirect", ...FAULTS]),
  Status,
]);

/** The answers to a delivery (WebSub 7): a status, a fault, or `redirect-loop`, a 307 to the callback itself. */
const DeliveryAnswer = v.union([v.picklist(["redirect-loop", ...FAULTS]), Status]);

/** A behaviour as JSON. What is left out is that of a good subscriber. */
export const Behaviour = v.strictObject({
  verification: v.optional(replies(VerificationAnswer), "echo"),
  delivery: v.optional(replies(DeliveryAnswer), 204),
  /** Parameters that a verification must carry with these values: it is answered with 404 otherwise. */
  expects: v.optional(Fields, {}),
});

/** A behaviour as a test writes it. */
export type BehaviourInput = v.InferInput<typeof Behaviour>;
/** A behaviour as the server follows it. */
export type Behaviour = v.InferOutput<typeof Behaviour>;
export type VerificationReply = Behaviour["verification"][number];
export type DeliveryReply = Behaviour["delivery"][number];

/** Whether an answer is a fault. */
export function isFault(answer: string | number): answer is Fault {
  return FAULTS.some((fault) => fault === answer);
}
