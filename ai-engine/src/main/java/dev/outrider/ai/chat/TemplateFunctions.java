package dev.outrider.ai.chat;

import com.hubspot.jinjava.objects.date.StrftimeFormatter;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Functions that transformers offer to templates; Jinjava finds them by reflection. */
public final class TemplateFunctions {
    private TemplateFunctions() {}

    /** A template's way to refuse a conversation. */
    public static String raiseexception(String message) {
        throw new ChatTemplateException(message);
    }

    /** The local date and time in C's notation. */
    public static String strftimenow(String format) {
        return StrftimeFormatter.format(ZonedDateTime.now(ZoneId.systemDefault()), format);
    }
}
