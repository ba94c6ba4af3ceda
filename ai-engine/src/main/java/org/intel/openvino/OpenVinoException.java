package org.intel.openvino;

/** OpenVINO refused a call; the message is the library's own text. */
public final class OpenVinoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    OpenVinoException(int status, String message) {
        super(message);
        this.status = status;
    }

    public OpenVinoException(String message) {
        this(0, message);
    }

    /** {@code ov_status_e} of the C API, or 0 if no call was made. */
    public int status() {
        return status;
    }
}
