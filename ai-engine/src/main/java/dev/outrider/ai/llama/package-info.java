/**
 * The DJL engine "Llama": GGUF language models through libllama. A model has one owner thread, the
 * only one that touches its context; requests come from any thread and their text is read on any
 * thread. Callers need a path, {@link dev.outrider.ai.llama.GenerationRequest} and {@link
 * dev.outrider.ai.llama.TokenStream}; nothing native is visible.
 */
@NullMarked
package dev.outrider.ai.llama;

import org.jspecify.annotations.NullMarked;
