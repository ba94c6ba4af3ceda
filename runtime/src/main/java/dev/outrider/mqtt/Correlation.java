package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrider.model.CommandId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/**
 * Correlation Data as a command id: its text where it is printable, or else {@code b64:} and its
 * bytes in base64url. Text that itself begins with {@code b64:} is written in base64url too, so
 * that the bytes are always found again.
 */
final class Correlation {

    private static final String BYTES = "b64:";

    private Correlation() {}

    /** The id's text; it may be too long for an id. */
    static String text(byte[] data) {
        String text = printable(data);
        return text.isEmpty() || text.startsWith(BYTES)
                ? BYTES + Base64.getUrlEncoder().withoutPadding().encodeToString(data)
                : text;
    }

    /** The bytes a request with that id brought, or would bring. */
    static byte[] data(CommandId id) {
        if (id.value().startsWith(BYTES)) {
            try {
                byte[] data = Base64.getUrlDecoder().decode(id.value().substring(BYTES.length()));
                if (text(data).equals(id.value())) {
                    return data;
                }
            } catch (IllegalArgumentException e) {
                // a payload's id that only looks like one of these: its text is all there is
            }
        }
        return id.value().getBytes(UTF_8);
    }

    private static String printable(byte[] data) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
            return text.codePoints().allMatch(Correlation::isPrintable) ? text : "";
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
