package dev.outrider.ai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts are what Jinja2 for Python gives, set up as transformers do. */
final class ChatTemplateTest {
    private static final List<ChatMessage> CONVERSATION =
            List.of(
                    ChatMessage.instruction("You drive {{ 7*7 }} robots {% if %}."),
                    ChatMessage.user("  Turn <left> & 'go' \"on\"\n"),
                    new ChatMessage.Assistant("", List.of(call())),
                    new ChatMessage.ToolResult("c1", "turn", "{\"ok\":true}"),
                    ChatMessage.user("\u00e9t\u00e9 \u4f60\u597d"));

    private static ToolCall call() {
        var deep = new LinkedHashMap<String, Object>();
        deep.put("x", Arrays.asList(1, null, true));
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("angle", 90.0);
        arguments.put("how", "fast & <b>");
        arguments.put("deep", deep);
        return new ToolCall("c1", "turn", arguments);
    }

    private static Tool tool() {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("type", "object");
        parameters.put("properties", Map.of("angle", Map.of("type", "number")));
        parameters.put("required", List.of("angle"));
        return new Tool("turn", "Turns, it's \"fast\"", parameters);
    }

    @Test
    void rendersARealTemplateWithToolsAsPythonDoes() throws IOException {
        assertThat(render(resource("qwen2.5.jinja"))).isEqualTo(resource("qwen2.5.txt"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "{% set rest = messages[1:] %}{% for m in rest %}{{ m.role }}{{ loop.index0 }} {% endfor %}@user0 assistant1 tool2 user3",
                "{{ messages[-1].content }}|{{ messages[:2] | length }}@\u00e9t\u00e9 \u4f60\u597d|2",
                "{% for m in messages[::-1] %}{{ m.role }},{% endfor %}@user,tool,assistant,user,system,",
                "{% set ns = namespace(n=0) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}@5",
                "{{ messages[1].content.strip() }}|{{ 'abc'.upper() }}|{{ 'xx..'.rstrip('.') }}|{{ '-x'.lstrip('-') }}@Turn <left> & 'go' \"on\"|ABC|xx|x",
                "{{ 'a</think>b'.split('</think>')[-1] }}|{{ 'a|b|c'.split('|', 1)[1] }}@b|b|c",
                "{% if 'abc'.startswith('a') and 'abc'.endswith('c') %}yes{% endif %}@yes",
                "{% if tools is defined and tools is not none and nothing is not defined %}yes{% endif %}@yes",
                "{% if messages[0].content is string and messages is iterable %}yes{% endif %}@yes",
                "{% if 'tool_calls' in messages[2] and 'x' not in messages[0] %}yes{% endif %}@yes",
                "{% if messages[0].role in ['system', 'developer'] %}yes{% endif %}@yes",
                "{{ 'a' if messages else 'b' }}{{ 'x' ~ 1 }}@ax1",
                "{% for k, v in tools[0].function.parameters.items() %}{{ k }};{% endfor %}@type;properties;required;",
                "{% for k, v in tools[0].function.parameters | items %}{{ k }};{% endfor %}@type;properties;required;",
                "{{ messages[2].tool_calls[0].function.arguments | tojson }}@{\"angle\": 90.0, \"how\": \"fast & <b>\", \"deep\": {\"x\": [1, null, true]}}",
                "{% macro f(a, b='z') %}<{{ a }}{{ b }}>{% endmacro %}{{ f('q') }}{{ f('q', b='w') }}@<qz><qw>",
                "{{ messages | map(attribute='role') | join(',') }}@system,user,assistant,tool,user",
                "{{ messages | selectattr('role', 'equalto', 'user') | list | length }}@2",
                "{{ bos_token }}x{{ eos_token }}@<s>x</s>",
                "{% for m in messages %}{% if loop.index0 == 2 %}{% break %}{% endif %}{{ m.role }}{% endfor %}@systemuser",
                "{% generation %}x{% endgeneration %}{%- generation -%}y{%- endgeneration -%}@xy",
                "a{# note {{ x }} #}b{#- c -#} d@abd",
                "{{ messages[0].get('role') }}{{ messages[0].get('nope', 'other') }}@systemother",
                "{{ strftime_now('%Y') | length }}@4",
            })
    void rendersWhatTemplatesUse(String template, String expected) {
        assertThat(render(template).strip()).isEqualTo(expected);
    }

    @Test
    void keepsWhitespaceAsTransformersDo() {
        var template =
                "{% for m in messages %}\n    {% if m.role == 'user' %}\n  U: {{ m.role }}\n    {% else %}\nX\n    {% endif %}\n{% endfor %}\nend";

        assertThat(render(template)).isEqualTo("X\n  U: user\nX\nX\n  U: user\nend");
    }

    @Test
    void indentsJsonAsPythonDoes() {
        var expected =
                """
                {
                    "type": "number"
                }\
                """;

        assertThat(render("{{ tools[0].function.parameters.properties.angle | tojson(indent=4) }}"))
                .isEqualTo(expected);
    }

    @Test
    void takesNothingInAMessageForTemplateCode() {
        assertThat(render("{{ messages[0].content }}"))
                .isEqualTo("You drive {{ 7*7 }} robots {% if %}.");
    }

    @Test
    void guardsWhatComesFromTheConversationAndNothingElse() {
        var template =
                "{% for m in messages %}{{ m.role }}:{{ m.content }}{{ m.tool_calls | tojson }};{% endfor %}";

        var text =
                new ChatTemplate(template, "", "")
                        .render(CONVERSATION, List.of(), said -> said.toUpperCase(Locale.ROOT));

        assertThat(text)
                .contains("system:You drive", "user:  TURN <LEFT>", "tool:{\"OK\":TRUE}")
                .contains("\"FAST & <B>\"");
    }

    @Test
    void passesARefusalOn() {
        var template =
                "{% if messages[0].role == 'system' %}{{ raise_exception('No system role') }}{% endif %}";

        assertThatThrownBy(() -> render(template))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessage("No system role");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "{% for m in messages if m.role == 'user' %}x{% endfor %}@for",
                "{{ unknown_function(1) }}@unknown_function",
                "{{ messages | unknown_filter }}@unknown_filter",
                "{% unknown_tag %}@unknown_tag",
                "{{ messages[ }}@messages"
            })
    void refusesWhatItCannotRender(String template, String named) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessageContaining(named);
    }

    private static String render(String template) {
        return new ChatTemplate(template, "<s>", "</s>")
                .render(CONVERSATION, List.of(tool()), UnaryOperator.identity());
    }

    private static String resource(String name) throws IOException {
        try (var stream = ChatTemplateTest.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
