package dev.outrider.codec;

import dev.outrider.model.ErrorCode;
import dev.outrider.model.Problem;

/** JSON that does not say what it should; the message says what is wrong. */
public final class MalformedJson extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Something of the wrong type or shape. */
    public MalformedJson(String message) {
        this(ErrorCode.PARAMETER_TYPE, message);
    }

    public MalformedJson(ErrorCode code, String message) {
        super(message);
        this.problem = new Problem(code, message);
    }

    /** What its sender is told. */
    public Problem problem() {
        return problem;
    }
}
