package dev.outrider.kernel;

import dev.outrider.model.ErrorCode;
import dev.outrider.model.Problem;

/** A rule of the gate that a plan breaks; it never leaves the gate. */
final class Violation extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Violation(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    Violation(ErrorCode code, String rule, String message) {
        this(new Problem(code, rule, message));
    }

    Problem problem() {
        return problem;
    }
}
