package dev.outrider.gateway.bench;

/** How a model server can fail. Each holds for plain answers and for streams. */
public enum Fault {
    /** None: a right answer. */
    NONE,
    /** A right answer, a byte at a time, characters split. */
    DRIP,
    /** A right answer after a pause before its head. */
    SLOW_HEAD,
    /** Accepts the connection, closes it by reset. */
    RESET_AT_ONCE,
    /** Accepts the connection, closes it in order. */
    FIN_AT_ONCE,
    /** Reads the request, never answers. */
    HANG,
    HANG_AFTER_HEAD,
    HANG_MIDWAY,
    /** Sends the whole answer, {@code [DONE]} included, and leaves it open. */
    HANG_AT_END,
    RESET_AFTER_HEAD,
    RESET_MIDWAY,
    FIN_AFTER_HEAD,
    FIN_MIDWAY,
    /** Half of the answer as a complete HTTP message. */
    CLEAN_END_MIDWAY,
    /** The request itself is refused. */
    STATUS_400,
    STATUS_401,
    STATUS_404,
    STATUS_429,
    STATUS_429_RETRY_AFTER,
    STATUS_500,
    STATUS_503,
    STATUS_503_RETRY_AFTER,
    /** Bytes that are no HTTP. */
    GARBAGE,
    /** JSON that ends in the middle, as a complete HTTP message. */
    BAD_JSON,
    /** An event in the middle of a stream that is no JSON. */
    BAD_JSON_MIDWAY,
    HTML,
    EMPTY,
    WRONG_SCHEMA,
    /** JSON white space or stream comments, for ever. */
    TRICKLE,
    /** Tokens, or the start of an answer's text, for ever. */
    ENDLESS,
    OVERSIZE,
    /** An error object with status 200, or as an event in the middle of a stream. */
    ERROR_WITH_200
}
