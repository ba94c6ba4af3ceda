package dev.outrider.ai.chat;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/** The methods of Python strings that chat templates use, where Java's differ or do not exist. */
final class PythonMethods extends ELResolver {
    private static final String WHITESPACE = " \t\n\r\f\u000b";

    static ELResolver resolver() {
        var resolver = new CompositeELResolver();
        resolver.add(new PythonMethods());
        resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
        return resolver;
    }

    @Override
    public @Nullable Object invoke(
            ELContext context,
            @Nullable Object base,
            Object method,
            Class<?> @Nullable [] types,
            Object[] arguments) {
        if (!(base instanceof String text)) {
            return null;
        }
        var argument = arguments.length > 0 ? String.valueOf(arguments[0]) : WHITESPACE;
        var result =
                switch (method.toString()) {
                    case "strip" -> left(right(text, argument), argument);
                    case "lstrip" -> left(text, argument);
                    case "rstrip" -> right(text, argument);
                    case "startswith" -> text.startsWith(argument);
                    case "endswith" -> text.endsWith(argument);
                    case "upper" -> text.toUpperCase(Locale.ROOT);
                    case "lower" -> text.toLowerCase(Locale.ROOT);
                    case "split" -> split(text, arguments);
                    default -> null;
                };
        context.setPropertyResolved(result != null);
        return result;
    }

    private static String left(String text, String characters) {
        int start = 0;
        while (start < text.length() && characters.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return text.substring(start);
    }

    private static String right(String text, String characters) {
        int end = text.length();
        while (end > 0 && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    private static List<String> split(String text, Object[] arguments) {
        if (arguments.length == 0) {
            return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
        }
        var separator = arguments[0].toString();
        long most = arguments.length > 1 ? ((Number) arguments[1]).longValue() : Long.MAX_VALUE;
        var parts = new ArrayList<String>();
        int start = 0;
        int end = text.indexOf(separator);
        while (end >= 0 && parts.size() < most) {
            parts.add(text.substring(start, end));
            start = end + separator.length();
            end = text.indexOf(separator, start);
        }
        parts.add(text.substring(start));
        return parts;
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
        return null;
    }

    @Override
    public @Nullable Class<?> getType(ELContext context, @Nullable Object base, Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, Object property, Object value) {}

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(
            ELContext context, @Nullable Object base) {
        return Collections.emptyIterator();
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return String.class;
    }
}
