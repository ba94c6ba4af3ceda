package dev.outrider.gateway.wire;

/** Ends a request with an error. Carries no stack: it is an answer, not a defect. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    Refusal(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}
