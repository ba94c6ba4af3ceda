package dev.outrider.ai.llama;

import java.nio.file.Path;

/**
 * A beginning that many prompts share, to be known before the first of them comes. It is read from
 * a file if an earlier run left one, and computed and written otherwise.
 *
 * @param example a request with that beginning and little else; it is not answered
 * @param folder where the files are kept; they are as large as the context's memory of the tokens
 */
public record PrefixRequest(PromptRequest example, Path folder) {}
