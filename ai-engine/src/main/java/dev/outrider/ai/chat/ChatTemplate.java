package dev.outrider.ai.chat;

import static java.util.stream.Collectors.toSet;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A model's chat template with the settings and extras that Hugging Face's transformers render such
 * templates with. What the messages say is never taken for template code. Anything the renderer
 * does not know is an error, never silently left out.
 */
public final class ChatTemplate {
    private final Jinjava jinjava = new Jinjava(config());
    private final String template;
    private final Map<String, Object> constants;

    /**
     * Takes a template.
     *
     * @param template Jinja text, from the metadata of a model
     * @param bosToken text of the token that begins a prompt, empty if the model has none
     * @param eosToken text of the token that ends an answer, empty if the model has none
     * @throws ChatTemplateException if it uses what cannot be rendered
     */
    public ChatTemplate(String template, String bosToken, String eosToken) {
        constants = Map.of("bos_token", bosToken, "eos_token", eosToken);
        var context = jinjava.getGlobalContext();
        context.registerFilter(new JsonFilter());
        context.registerFilter(new ItemsFilter());
        context.registerFunction(function("raise_exception"));
        context.registerFunction(function("strftime_now"));
        var filters = context.getAllFilters().stream().map(Filter::getName).collect(toSet());
        this.template = TemplateText.prepare(template, filters);
    }

    private static JinjavaConfig config() {
        var overrides =
                LegacyOverrides.newBuilder()
                        .withEvaluateMapKeys(true)
                        .withIterateOverMapKeys(true)
                        .withUsePyishObjectMapper(true)
                        .withUseNaturalOperatorPrecedence(true)
                        .withParseWhitespaceControlStrictly(true)
                        .withAllowAdjacentTextNodes(true)
                        .withUseTrimmingForNotesAndExpressions(true)
                        .withKeepNullableLoopValues(true)
                        .build();
        return JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withNestedInterpretationEnabled(false)
                .withElResolver(PythonMethods.resolver())
                .withLegacyOverrides(overrides)
                .build();
    }

    private static ELFunctionDefinition function(String name) {
        return new ELFunctionDefinition(
                "", name, TemplateFunctions.class, name.replace("_", ""), String.class);
    }

    /**
     * The prompt that asks for the next answer.
     *
     * @param guard applied to every text that comes from the conversation
     * @throws ChatTemplateException if the template refuses the conversation or fails
     */
    public String render(
            List<ChatMessage> messages, List<Tool> tools, UnaryOperator<String> guard) {
        var values = new LinkedHashMap<String, Object>(constants);
        values.put("messages", messages.stream().map(new TemplateValues(guard)::of).toList());
        if (!tools.isEmpty()) {
            values.put("tools", tools.stream().map(TemplateValues::of).toList());
        }
        values.put("add_generation_prompt", true);
        var result = jinjava.renderForResult(template, values);
        if (!result.getErrors().isEmpty()) {
            throw failure(result.getErrors().getFirst());
        }
        return result.getOutput();
    }

    private static ChatTemplateException failure(TemplateError error) {
        for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ChatTemplateException refusal) {
                return refusal;
            }
        }
        return new ChatTemplateException("the model's chat template failed: " + error.getMessage());
    }
}
