/**
 * Conversations, and how a model's own template turns one into a prompt. Pure Java: the templates
 * are Jinja, rendered by Jinjava. Every call runs on the caller's thread; templates may be shared.
 */
@NullMarked
package dev.outrider.ai.chat;

import org.jspecify.annotations.NullMarked;
