package dev.outrider.gateway.bench;

import java.nio.charset.StandardCharsets;

/** The bytes of a model server's answers. */
final class Answers {

    static final String HTML = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    static final String DONE = "data: [DONE]\n\n";

    private final String name;
    private final int tokens;

    /**
     * @param name begins every token, so that a text spliced from two upstreams shows
     */
    Answers(String name, int tokens) {
        this.name = name;
        this.tokens = tokens;
    }

    /** The token of that index; the dash takes three bytes of UTF-8. */
    String token(int index) {
        return name + "–" + index + " ";
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            text.append(token(i));
        }
        return text.toString();
    }

    String whole() {
        return "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
                + "\"x_unknown\":{\"kept\":1.50},\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\",\"content\":\""
                + text()
                + "\"},\"finish_reason\":\"stop\"}],\"usage\":"
                + usage()
                + "}";
    }

    /** A whole answer that calls a tool. */
    String toolCall() {
        return "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,"
                + "\"tool_calls\":[{\"id\":\"t-1\",\"type\":\"function\",\"function\":{\"name\":\"drive\","
                + "\"arguments\":\"{\\\"distance\\\":2.0}\"}}]},\"finish_reason\":\"tool_calls\"}],"
                + "\"usage\":"
                + usage()
                + "}";
    }

    /** The same as a stream, its arguments in two pieces. */
    String toolCallEvents() {
        String first =
                "{\"index\":0,\"id\":\"t-1\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"drive\",\"arguments\":\"{\\\"dist\"}}";
        String second = "{\"index\":0,\"function\":{\"arguments\":\"ance\\\":2.0}\"}}";
        return event("{\"tool_calls\":[" + first + "]}", "null")
                + event("{\"tool_calls\":[" + second + "]}", "null")
                + event("{}", "\"tool_calls\"");
    }

    /** A whole answer whose text obeys a schema. */
    String schemaAnswer() {
        return whole().replace(text(), "{\\\"distance\\\":2.0}");
    }

    String embeddings() {
        return "{\"object\":\"list\",\"model\":\"m\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
                + "\"embedding\":[0.25,-0.5,1e-7]}],\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}";
    }

    String event(int index) {
        return event("{\"content\":\"" + token(index) + "\"}", "null");
    }

    String lastEvent() {
        return event("{}", "\"stop\"");
    }

    String usageEvent() {
        return "data:"
                + " {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":"
                + usage()
                + "}\n\n";
    }

    static String error(String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"server_error\"}}";
    }

    private String usage() {
        return "{\"prompt_tokens\":7,\"completion_tokens\":"
                + tokens
                + ",\"total_tokens\":"
                + (tokens + 7)
                + "}";
    }

    private static String event(String delta, String finish) {
        return "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":"
                + "\"m\",\"x_unknown\":1.50,\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + finish
                + "}]}\n\n";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
