package dev.outrider.mqtt;

import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/** What brokers and Paho say, in a clause. */
final class Reasons {

    private Reasons() {}

    /** The message of what a stage failed with. */
    static String of(Throwable failure) {
        Throwable cause = failure.getCause();
        if (failure instanceof CompletionException && cause != null) {
            return of(cause);
        }
        return text(failure.getMessage());
    }

    /** The root cause, which says more than what is wrapped around it. */
    static String of(MqttException e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        String message = text(root.getMessage());
        if (root instanceof MqttException told) {
            return message + " (" + of(told.getReasonCode()) + ")";
        }
        return root.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }

    /** A reason code of MQTT 5.0, section 2.4; Paho's own are above 255. */
    static String of(int code) {
        return switch (code) {
            case 0x80 -> "unspecified error";
            case 0x84 -> "the broker does not speak MQTT 5";
            case 0x85 -> "client identifier not valid";
            case 0x86 -> "bad user name or password";
            case 0x87 -> "not authorized";
            case 0x88 -> "server unavailable";
            case 0x8b -> "server shutting down";
            case 0x8d -> "keep alive timeout";
            case 0x8e -> "another client took the robot's name";
            case 0x95 -> "packet too large";
            case 0x97 -> "quota exceeded";
            default ->
                    code > 0xff
                            ? "client code " + code
                            : String.format(Locale.ROOT, "reason code 0x%02x", code);
        };
    }

    private static String text(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
